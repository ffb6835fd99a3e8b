using System.Buffers.Binary;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Tests.Extractors;

/// <summary>
/// The databases were written by rpm 4.18 (SQLite) and Berkeley DB 5.3 with the same headers, in pages of 4 KiB and of 32 KiB; ndb, which Debian's rpm does not
/// write, is put together here.
/// </summary>
public sealed class RpmTests
{
    private const string RockyRelease = "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\nVERSION_ID=\"9.4\"\nPRETTY_NAME=\"Rocky Linux 9.4 (Blue Onyx)\"\n";

    private static readonly string[] All = ["bash 5.1.8-6.el9", "nodejs 1:18.12.1-2.module_el9", "openssl 1:3.0.7-24.el9", "python3-six 1.15.0-9.el9"];

    public static TheoryData<string> Databases => ["var/lib/rpm/rpmdb.sqlite", "var/lib/rpm/Packages", "var/lib/rpm/Packages.db", "usr/lib/sysimage/rpm/Packages"];

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Each_of_the_three_databases_tells_the_same_packages(string path)
    {
        var inventory = await ReadAsync(tar => tar.File("etc/os-release", RockyRelease).File(path, Database(path)));

        Assert.Equal(All, inventory.Names().Order(StringComparer.Ordinal));
        Assert.Empty(inventory.Unknowns);
        var node = inventory.Component("nodejs");
        Assert.Equal(
            "pkg:rpm/rocky/nodejs@18.12.1-2.module_el9?arch=x86_64&distro=rocky-9.4&epoch=1&rpmmod=nodejs:18:9010020221118120946:rhel9",
            node.Purl.ToString());
        Assert.Equal((new SourcePackage("nodejs", "1:18.12.1-2.module_el9"), "Example Linux", "Rocky Linux:9"), (node.Source!, node.Supplier, node.Ecosystem.ToString()));
        Assert.Equal(["GPL-3.0-or-later"], inventory.Component("bash").Licenses);
        Assert.Equal(ComponentType.OsPackage, node.Type);
    }

    [Theory]
    [InlineData("var/lib/rpm/rpmdb.sqlite")]
    [InlineData("var/lib/rpm/Packages")]
    [InlineData("var/lib/rpm/Packages.db")]
    public async Task Hundreds_of_packages_are_exactly_those_that_rpm_lists(string path)
    {
        var many = path[(path.LastIndexOf('/') + 1)..] switch
        {
            "rpmdb.sqlite" => TestFile.Unzip("Rpm/many.sqlite"),
            "Packages" => TestFile.Unzip("Rpm/many.Packages"),
            _ => Ndb(await HeadersOfAsync(TestFile.Unzip("Rpm/many.sqlite"))),
        };

        var inventory = await ReadAsync(tar => tar.File("etc/os-release", RockyRelease).File(path, many));

        var listed = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Extractors", "testdata", "Rpm", "many.txt"), TestContext.Current.CancellationToken);
        Assert.InRange(listed.Length, 200, 1000);
        Assert.Equal(listed.Order(StringComparer.Ordinal), inventory.Names().Order(StringComparer.Ordinal));
        Assert.Empty(inventory.Unknowns);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Language_packages_in_the_files_of_a_package_are_owned_by_it(string path)
    {
        var inventory = await ReadAsync(tar => tar
            .File("etc/os-release", RockyRelease)
            .File(path, Database(path))
            .File("usr/lib/node_modules/npm/package.json", """{"name":"npm","version":"8.19.2"}""")
            .File("usr/lib/node_modules/own/package.json", """{"name":"own","version":"1.0.0"}""")
            .File("usr/lib/python3.9/site-packages/six-1.15.0.dist-info/METADATA", "Name: six\nVersion: 1.15.0\n\n"));

        Assert.StartsWith("pkg:rpm/rocky/nodejs@", inventory.Component("npm").OwnedBy, StringComparison.Ordinal);
        Assert.StartsWith("pkg:rpm/rocky/python3-six@", inventory.Component("six").OwnedBy, StringComparison.Ordinal);
        Assert.Null(inventory.Component("own").OwnedBy);
    }

    [Theory]
    [InlineData("ID=rhel\nVERSION_ID=\"8.9\"\n", "redhat", "Red Hat:8")]
    [InlineData("ID=\"almalinux\"\nVERSION_ID=\"9.3\"\n", "almalinux", "AlmaLinux:9")]
    [InlineData("ID=\"ol\"\nVERSION_ID=\"8.9\"\n", "oracle", "ol:8.9")]
    [InlineData("ID=\"amzn\"\nVERSION_ID=\"2023\"\n", "amazon", "amzn:2023")]
    [InlineData("ID=\"sles\"\nVERSION_ID=\"15.5\"\n", "suse", "SUSE:15.5")]
    [InlineData("ID=\"opensuse-tumbleweed\"\nVERSION_ID=\"20240101\"\n", "opensuse", "openSUSE:Tumbleweed")]
    [InlineData("ID=fedora\nVERSION_ID=40\n", "fedora", "fedora:40")]
    [InlineData("ID=photon\nVERSION_ID=5.0\n", "photon", "Photon OS:5.0")]
    [InlineData("ID=azurelinux\nVERSION_ID=\"3.0\"\n", "azurelinux", "Azure Linux:3")]
    [InlineData("ID=mariner\nVERSION_ID=\"2.0\"\n", "mariner", "Azure Linux:2")]
    public async Task Every_family_has_its_namespace_and_its_ecosystem(string release, string space, string ecosystem)
    {
        var bash = (await ReadAsync(tar => tar.File("etc/os-release", release).File("var/lib/rpm/Packages.db", Database("Packages.db")))).Component("bash");

        Assert.Equal((space, ecosystem), (bash.Purl.Namespace, bash.Ecosystem.ToString()));
    }

    [Fact]
    public async Task An_image_without_rpm_lists_its_packages_in_a_text()
    {
        const string manifest = """
            filesystem	1.1-20.cm2	1700000000	1690000000	Microsoft Corporation	(none)	7596	x86_64	0	filesystem-1.1-20.cm2.src.rpm
            openssl-libs	1.1.1k-27.cm2	1700000000	1690000000	Microsoft Corporation	1	3000	x86_64	1	openssl-1.1.1k-27.cm2.src.rpm
            half a line

            """;
        var inventory = await ReadAsync(tar => tar
            .File("etc/os-release", "ID=mariner\nVERSION_ID=\"2.0\"\n").File("var/lib/rpmmanifest/container-manifest-2", manifest));

        Assert.Equal(["filesystem 1.1-20.cm2", "openssl-libs 1:1.1.1k-27.cm2"], inventory.Names());
        Assert.Equal(new SourcePackage("openssl", "1:1.1.1k-27.cm2"), inventory.Component("openssl-libs").Source);
        Assert.Equal("Microsoft Corporation", inventory.Component("filesystem").Supplier);
        Assert.Equal("line 3 is not a package", Assert.Single(inventory.Unknowns).Reason);
    }

    [Fact]
    public async Task Other_files_of_these_names_are_no_databases()
    {
        var inventory = await ReadAsync(tar => tar.File("srv/mirror/Packages", "Package: x").File("app/rpmdb.sqlite", "x").File("var/lib/rpm/Name", "x").File("var/lib/rpm/Packages", ""));

        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task Changes_that_a_database_has_not_taken_in_are_told()
    {
        var inventory = await ReadAsync(tar => tar.File("var/lib/rpm/rpmdb.sqlite-wal", "x"), tar => tar.File("usr/lib/sysimage/rpm/rpmdb.sqlite-wal", ""));

        Assert.Equal("var/lib/rpm/rpmdb.sqlite-wal", Assert.Single(inventory.Unknowns).Path);
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task A_database_that_breaks_off_keeps_what_was_read_and_says_so(string path)
    {
        var whole = Database(path);
        foreach (var length in new[] { 10, 90, 512, 4096 + 100, whole.Length / 2, whole.Length - 1900 })
        {
            var inventory = await ReadAsync(tar => tar.File("etc/os-release", RockyRelease).File(path, whole[..Math.Min(length, whole.Length)]));

            Assert.NotEmpty(inventory.Unknowns);
            Assert.Subset(All.ToHashSet(), inventory.Names().ToHashSet());
        }
    }

    [Fact]
    public async Task Pages_of_Berkeley_DB_that_lead_in_a_circle_end()
    {
        var database = Database("var/lib/rpm/Packages");
        for (var page = 4096; page < database.Length; page += 4096)
        {
            if (database[page + 25] == 7)
            {
                // Each page goes on at itself and holds one byte: what was meant to be a loop for ever ends with the header's length.
                BinaryPrimitives.WriteUInt32LittleEndian(database.AsSpan(page + 16), (uint)page / 4096);
                BinaryPrimitives.WriteUInt16LittleEndian(database.AsSpan(page + 22), 1);
            }
        }

        var inventory = await ReadAsync(tar => tar.File("var/lib/rpm/Packages", database));

        Assert.Empty(inventory.Components);
        Assert.Equal(Enumerable.Repeat("the header of a package is broken", 4), inventory.Unknowns.Select(u => u.Reason));
    }

    [Fact]
    public async Task Pages_of_SQLite_that_lead_in_a_circle_end()
    {
        var database = Database("var/lib/rpm/rpmdb.sqlite");
        database[100] = 0x05;
        database.AsSpan(103, 2).Clear();
        BinaryPrimitives.WriteUInt32BigEndian(database.AsSpan(108), 1);

        var inventory = await ReadAsync(tar => tar.File("var/lib/rpm/rpmdb.sqlite", database));

        Assert.Contains("its pages lead in a circle to page 1", inventory.Unknowns.Select(u => u.Reason));
    }

    [Fact]
    public async Task Headers_that_claim_more_than_the_file_has_cost_nothing()
    {
        var database = Database("var/lib/rpm/Packages.db");
        BinaryPrimitives.WriteUInt32LittleEndian(database.AsSpan(8192 + 12), 60 << 20);

        var inventory = await ReadAsync(tar => tar.File("etc/os-release", RockyRelease).File("var/lib/rpm/Packages.db", database));

        Assert.Equal(3, inventory.Components.Length);
        Assert.Equal("the header of a package has an impossible length of 62914560 bytes", Assert.Single(inventory.Unknowns).Reason);
    }

    [Fact]
    public async Task Keys_are_no_packages_and_headers_without_a_version_are_told()
    {
        var key = Header((1000, "gpg-pubkey"), (1001, "1"), (1002, "2"));
        var nameless = Header((1001, "1"), (1002, "2"));
        var versionless = Header((1000, "half"), (1002, "2"));
        var inventory = await ReadAsync(tar => tar
            .File("etc/os-release", RockyRelease).File("var/lib/rpm/Packages.db", Ndb([key, nameless, versionless, Header((1000, "whole"), (1001, "1"), (1002, "2"))])));

        Assert.Equal(["whole 1-2"], inventory.Names());
        Assert.Equal(["the header of 'half' has no version", "the header of an unnamed package has no name"], inventory.Unknowns.Select(u => u.Reason));
    }

    private static byte[] Database(string path) => path[(path.LastIndexOf('/') + 1)..] switch
    {
        "rpmdb.sqlite" => TestFile.Unzip("Rpm/rpmdb.sqlite"),
        "Packages" => TestFile.Unzip(path.StartsWith("usr", StringComparison.Ordinal) ? "Rpm/Packages-inline" : "Rpm/Packages"),
        _ => Ndb(Headers()),
    };

    internal static List<byte[]> Headers()
    {
        var all = TestFile.Unzip("Rpm/headers.bin").AsSpan();
        var headers = new List<byte[]>();
        while (!all.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(all);
            headers.Add(all.Slice(4, length).ToArray());
            all = all[(4 + length)..];
        }

        return headers;
    }

    private static byte[] Header(params (int Tag, string Text)[] entries)
    {
        var data = entries.SelectMany(e => System.Text.Encoding.UTF8.GetBytes(e.Text + "\0")).ToArray();
        var header = new byte[8 + (entries.Length * 16) + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(header, entries.Length);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), data.Length);
        var offset = 0;
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = header.AsSpan(8 + (i * 16));
            BinaryPrimitives.WriteInt32BigEndian(entry, entries[i].Tag);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], 6);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], offset);
            BinaryPrimitives.WriteInt32BigEndian(entry[12..], 1);
            offset += entries[i].Text.Length + 1;
        }

        data.CopyTo(header, header.Length - data.Length);
        return header;
    }

    /// <summary>The headers of a SQLite database, as SQLite itself reads them.</summary>
    private static async Task<List<byte[]>> HeadersOfAsync(byte[] content)
    {
        using var directory = new Testing.Images.TemporaryDirectory();
        var path = Path.Combine(directory.Path, "rpmdb.sqlite");
        await File.WriteAllBytesAsync(path, content, TestContext.Current.CancellationToken);
        await using var database = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source=file:{path}?immutable=1;Pooling=False");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = database.CreateCommand();
        command.CommandText = "select blob from Packages";
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var headers = new List<byte[]>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            headers.Add((byte[])rows[0]);
        }

        return headers;
    }

    /// <summary>A database of rpm's own form: two pages of slots, then blobs at multiples of sixteen.</summary>
    internal static byte[] Ndb(List<byte[]> headers)
    {
        var file = new byte[8192 + headers.Sum(h => ((h.Length + 15) & ~15) + 32)];
        "RpmP"u8.CopyTo(file);
        file[12] = 2;
        for (var at = 32; at < 8192; at += 16)
        {
            "Slot"u8.CopyTo(file.AsSpan(at));
        }

        var blob = 8192;
        for (var i = 0; i < headers.Count; i++)
        {
            var slot = file.AsSpan(32 + (i * 16), 16);
            BinaryPrimitives.WriteInt32LittleEndian(slot[4..], i + 1);
            BinaryPrimitives.WriteInt32LittleEndian(slot[8..], blob / 16);
            "BlbS"u8.CopyTo(file.AsSpan(blob));
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(blob + 4), i + 1);
            BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(blob + 12), headers[i].Length);
            headers[i].CopyTo(file, blob + 16);
            blob += ((headers[i].Length + 15) & ~15) + 32;
        }

        return file;
    }

    private static Task<ComponentInventory> ReadAsync(params Action<Testing.Images.TarBuilder>[] layers) => ImageReader.ReadAsync(layers);
}
