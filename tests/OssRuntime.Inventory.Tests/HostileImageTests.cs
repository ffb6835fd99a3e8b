using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Tests.Extractors;
using OssRuntime.Inventory.Tests.Extractors.Programs;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests;

/// <summary>
/// Bytes that were made to exhaust, to crash or to deceive their reader: each is in an image beside a sound package. Time and memory stay bounded, the sound
/// package is in the inventory, and the hostile file is among the unknowns with its path and a reason.
/// </summary>
[Collection(Alone.Name)]
public sealed class HostileImageTests
{
    private const int Executable = 0b111_101_101;
    private const long MostAllocated = 256L << 20;

    /// <summary>Nothing here takes a second on a machine that has nothing else to do.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, Func<(string Path, byte[] Content)>> Files = new(StringComparer.Ordinal)
    {
        ["zip bomb"] = () => ("app/bomb.jar", ZipBuilder.Zip(CompressionLevel.SmallestSize, ("inner.jar", new byte[256 << 20]))),
        ["bomb of records"] = () => ("app/records.jar", ZipBuilder.Zip(CompressionLevel.SmallestSize, ("META-INF/maven/g/a/pom.xml", new byte[64 << 20]))),
        ["archives nested without end"] = () => ("app/nested.jar", Nested(200)),
        ["directory of a jar that points elsewhere"] = () => ("app/wrong.jar", WrongDirectory()),
        ["directory of a jar that claims four billion entries"] = () => ("app/many.jar", Patched(ZipBuilder.Zip(("a.jar", "x")), fromEnd: 12, [0xFF, 0xFF, 0xFF, 0x7F])),
        ["sections of a program outside of it"] = () => ("app/sections", new ElfBuilder().Data(new byte[100]).Section(".dep-v0", new byte[10]).Build(f => new ElfBuilder().Put(f, 40, 8, 1UL << 62))),
        ["sections that contradict each other"] = () => ("app/names", new ElfBuilder().Data(new byte[100]).Section(".dep-v0", new byte[10]).Build(f => new ElfBuilder().Put(f, 62, 2, 999))),
        ["SBOM of 60 megabytes"] = () => ("usr/share/sbom/large.json", LargeSbom(60)),
        ["SBOM nested ten thousand deep"] = () => ("usr/share/sbom/deep.json", Encoding.UTF8.GetBytes($$"""{"bomFormat":"CycloneDX","components":[{"type":"library","name":"x"}],"x":{{new string('[', 10_000)}}""")),
        ["JSON nested ten thousand deep"] = () => ("app/node_modules/deep/package.json", Encoding.UTF8.GetBytes("""{"name":"deep","x":""" + new string('[', 10_000))),
        ["dependencies in a circle"] = () => ("usr/share/sbom/circle.json", """{"bomFormat":"CycloneDX","dependencies":[{"ref":"a","dependsOn":["b"]},{"ref":"b","dependsOn":["a"]}],"components":[{"bom-ref":"a","type":"library","name":"noversion"}]}"""u8.ToArray()),
        ["entities of XML"] = () => ("usr/share/sbom/entities.xml", Encoding.UTF8.GetBytes($"<!DOCTYPE bom [<!ENTITY a0 \"{new string('a', 1000)}\">{string.Concat(Enumerable.Range(1, 20).Select(i => $"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};&a{i - 1};&a{i - 1};\">"))}]><bom xmlns=\"http://cyclonedx.org/schema/bom/1.5\"><components><component><name>&a20;</name></component></components></bom>")),
        ["file of the machine as an entity"] = () => ("app/pom.jar", ZipBuilder.Zip(("META-INF/maven/g/a/pom.xml", "<!DOCTYPE p [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><project><artifactId>&x;</artifactId><groupId>g</groupId><version>1</version></project>"))),
        ["name with control characters"] = () => ("app/node_modules/control/package.json", """{"name":"a\u001b[2Jb\u0000","version":"1.0.0"}"""u8.ToArray()),
        ["Berkeley DB whose pages go in circles"] = () => ("var/lib/rpm/Packages", LoopedBerkeley()),
        ["SQLite whose pages go in circles"] = () => ("usr/lib/sysimage/rpm/rpmdb.sqlite", LoopedSqlite()),
        ["header of rpm that claims more than there is"] = () => ("var/lib/rpm/Packages.db", ClaimedNdb()),
        ["Rust list that inflates without end"] = () => ("app/rust", RustBomb()),
        ["version text made to be tried without end"] = () => ("usr/sbin/haproxy", [.. "\u007fELF"u8, .. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("1.1.1.1.1.1-aaaaaaa HAProxy version ", 60_000)))]),
        ["archive that takes a password"] = () => ("app/locked.jar", Encrypted(ZipBuilder.Zip(CompressionLevel.NoCompression, ("lib/inner.jar", "x")))),
        ["record that takes a password"] = () => ("app/record.jar", Encrypted(ZipBuilder.Zip(("META-INF/maven/g/a/pom.properties", "groupId=g\nartifactId=a\nversion=1\n")))),
        ["list over the limit of its reader"] = () => ("app/large.deps.json", new byte[(64 << 20) + 1]),
        ["dpkg database of one endless line"] = () => ("var/lib/dpkg/status.d/endless", [.. "Package: "u8, .. Enumerable.Repeat((byte)'a', 20 << 20)]),
    };

    /// <summary>What ends without a complaint, since nothing of it is unreadable: it says nothing.</summary>
    private static readonly HashSet<string> Silent = new(["version text made to be tried without end", "dependencies in a circle"], StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Files.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_file_costs_little_and_only_itself(string name)
    {
        var (path, content) = Files[name]();
        var image = Image(tar => tar.File(path, content, Executable));
        var watch = Stopwatch.StartNew();
        var before = GC.GetTotalAllocatedBytes();

        var inventory = await ReadAsync(image);

        var allocated = GC.GetTotalAllocatedBytes() - before;
        Assert.True(watch.Elapsed < Longest, $"it took {watch.Elapsed}");
        Assert.Contains(inventory.Components, c => c.Name == "sound");
        Assert.DoesNotContain(inventory.Components, c => c.Name.Any(char.IsControl));
        if (!Silent.Contains(name))
        {
            var unknowns = inventory.Unknowns.Where(u => u.Path.StartsWith(path, StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(unknowns);
            Assert.Contains(CheckCoverage.Unmatched(inventory, UncheckedReason.NotMatched).Unchecked.AsImmutableArray(), group => group.Reason == UncheckedReason.FilesUnreadable);
            Assert.All(unknowns, u => Assert.False(string.IsNullOrWhiteSpace(u.Reason) || u.Reason.Any(char.IsControl), u.Reason));
        }

        Assert.InRange(allocated, 0, MostAllocated);
    }

    [Fact]
    public async Task All_of_them_together_in_one_image_leave_the_rest_of_it_readable()
    {
        var files = Files.Select(f => (Name: f.Key, File: f.Value())).ToList();
        var image = Image(tar =>
        {
            foreach (var (_, (path, content)) in files)
            {
                tar.File(path, content, Executable);
            }

            tar.File("../../../etc/../app/node_modules/outside/package.json", """{"name":"outside","version":"1.0.0"}""");
        });

        var inventory = await ReadAsync(image);

        Assert.Contains(inventory.Components, c => c.Name == "sound");
        Assert.Equal("app/node_modules/outside/package.json", Assert.Single(inventory.Components, c => c.Name == "outside").Location.Path);
        Assert.Empty(files.Where(f => !Silent.Contains(f.Name) && !inventory.Unknowns.Any(u => u.Path.StartsWith(f.File.Path, StringComparison.Ordinal))).Select(f => f.Name));
        Assert.Contains(inventory.Unknowns, u => u.Reason.StartsWith("its path in the layer leads out of the root", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_terminal_would_obey_is_neither_in_a_path_nor_in_a_name_nor_in_a_reason()
    {
        var inventory = await ReadAsync(Image(tar => tar
            .File("app/\u009b31m\u001b]0;x\u0007/node_modules/good/package.json", """{"name":"good","version":"1.0.0"}""")
            .File("app/\u009b2J/node_modules/broken/package.json", "{ no JSON")
            .File("app/node_modules/name/package.json", "{\"name\":\"a\u009b31mb\",\"version\":\"1.0.0\"}")
            .SymbolicLink("app/node_modules/link/package.json", "\u009b2J/gone")
            .File("app/jar.jar", ZipBuilder.Zip(("in\u009b2J.jar", ZipBuilder.Zip(("META-INF/maven/g/a/pom.properties", "groupId=g\nartifactId=a\nversion=1\n")))))));

        Assert.Equal("app/\ufffd31m\ufffd]0;x\ufffd/node_modules/good/package.json", Assert.Single(inventory.Components, c => c.Name == "good").Location.Path);
        Assert.Contains(inventory.Components, c => c.Name == "g:a");
        Assert.All(inventory.Components, c => Assert.DoesNotContain($"{c.Name} {c.Version} {c.Location.Path} {c.Purl}", char.IsControl));
        Assert.Contains(inventory.Unknowns, u => u.Path == "app/\ufffd2J/node_modules/broken/package.json");
        Assert.All(inventory.Unknowns, u => Assert.DoesNotContain($"{u.Path} {u.Reason}", char.IsControl));
    }

    [Fact]
    public async Task A_purl_that_is_declared_a_hundred_thousand_times_counts_once()
    {
        var item = """{"type":"library","name":"same","version":"1","purl":"pkg:npm/same@1"}""";
        var bom = Encoding.UTF8.GetBytes($$"""{"bomFormat":"CycloneDX","components":[{{string.Join(',', Enumerable.Repeat(item, 100_000))}}]}""");

        var inventory = await ReadAsync(Image(tar => tar.File("usr/share/sbom/a.json", bom)));

        Assert.Equal(["same", "sound"], inventory.Components.Select(c => c.Name));
    }

    private static byte[] Nested(int depth)
    {
        var jar = ZipBuilder.Zip(("META-INF/maven/g/a/pom.properties", "groupId=g\nartifactId=a\nversion=1\n"));
        for (var i = 0; i < depth; i++)
        {
            jar = ZipBuilder.Zip(CompressionLevel.NoCompression, ("inner.jar", jar));
        }

        return jar;
    }

    private static byte[] Encrypted(byte[] zip)
    {
        foreach (var (signature, flags) in ((byte[], int)[])[("PK\u0001\u0002"u8.ToArray(), 8), ("PK\u0003\u0004"u8.ToArray(), 6)])
        {
            zip[zip.AsSpan().IndexOf(signature) + flags] |= 1;
        }

        return zip;
    }

    private static byte[] WrongDirectory()
    {
        var jar = ZipBuilder.Zip(("META-INF/maven/g/a/pom.properties", "groupId=g\nartifactId=a\nversion=1\n"));
        var entry = jar.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BinaryPrimitives.WriteUInt32LittleEndian(jar.AsSpan(entry + 42), 0x7FFF_FFFF);
        return jar;
    }

    private static byte[] Patched(byte[] bytes, int fromEnd, byte[] patch)
    {
        patch.CopyTo(bytes, bytes.Length - fromEnd);
        return bytes;
    }

    private static byte[] LargeSbom(int megabytes)
    {
        using var bom = new MemoryStream();
        bom.Write("""{"bomFormat":"CycloneDX","components":["""u8);
        var filler = Encoding.UTF8.GetBytes($$$$"""{"type":"library","name":"n","licenses":[{"license":{"name":"L","text":{"content":"{{{{new string('x', 1 << 20)}}}}"}}}]},""");
        for (var i = 0; i < megabytes; i++)
        {
            bom.Write(filler);
        }

        return bom.ToArray();
    }

    private static byte[] LoopedBerkeley()
    {
        var database = TestFile.Unzip("Rpm/Packages");
        for (var page = 4096; page < database.Length; page += 4096)
        {
            if (database[page + 25] == 7)
            {
                BinaryPrimitives.WriteUInt32LittleEndian(database.AsSpan(page + 16), (uint)page / 4096);
                BinaryPrimitives.WriteUInt16LittleEndian(database.AsSpan(page + 22), 1);
            }
        }

        return database;
    }

    private static byte[] LoopedSqlite()
    {
        var database = TestFile.Unzip("Rpm/rpmdb.sqlite");
        database[100] = 0x05;
        database.AsSpan(103, 2).Clear();
        BinaryPrimitives.WriteUInt32BigEndian(database.AsSpan(108), 1);
        return database;
    }

    private static byte[] ClaimedNdb()
    {
        var database = RpmTests.Ndb(RpmTests.Headers());
        BinaryPrimitives.WriteUInt32LittleEndian(database.AsSpan(8192 + 12), 0x7FFF_FFF0);
        return database;
    }

    private static byte[] RustBomb()
    {
        using var bomb = new MemoryStream();
        using (var zlib = new ZLibStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            zlib.Write(new byte[256 << 20]);
        }

        return new ElfBuilder().Data(new byte[100]).Section(".dep-v0", bomb.ToArray()).Build();
    }

    private static BuiltImage Image(Action<TarBuilder> fill) => new ImageBuilder()
        .Layer(tar => tar.File("etc/os-release", ImageReader.DebianRelease).File("app/node_modules/sound/package.json", """{"name":"sound","version":"1.0.0"}"""))
        .Layer(fill)
        .Build();

    private static async Task<ComponentInventory> ReadAsync(BuiltImage image)
    {
        using var directory = new TemporaryDirectory();
        image.WriteLayout(directory.Path);
        var indexer = new ImageIndexer(new InventoryOptions { Mode = InventoryMode.Auto }, null, TimeProvider.System);
        return await indexer.IndexAsync(new OciLayout(directory.Path, null), Platform.LinuxAmd64, null, TestContext.Current.CancellationToken);
    }
}
