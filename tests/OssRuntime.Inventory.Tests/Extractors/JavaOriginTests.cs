using System.Security.Cryptography;
using OssRuntime.Inventory.Extractors.Java;
using OssRuntime.Inventory.Images;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests.Extractors;

/// <summary>Where jars came from, and what they are by their checksum.</summary>
public sealed class JavaOriginTests : IDisposable
{
    private static readonly byte[] Nameless = ZipBuilder.Zip(("org/example/A.class", "x"));
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_jar_of_a_local_repository_tells_which_one_it_was_fetched_from()
    {
        const string folder = "root/.m2/repository/com/example/lib/1.0";
        var inventory = await ImageReader.ReadAsync(tar => tar
            .File($"{folder}/lib-1.0.jar", ZipBuilder.Zip(("META-INF/maven/com.example/lib/pom.properties", "groupId=com.example\nartifactId=lib\nversion=1.0\n")))
            .File($"{folder}/_remote.repositories", "#NOTE: internal\n#Mon Jan 01\nlib-1.0.jar>company-mirror=\nlib-1.0.pom>central=\n")
            .File("root/.m2/repository/own/1/own-1.jar", ZipBuilder.Zip(("META-INF/maven/com.example/own/pom.properties", "groupId=com.example\nartifactId=own\nversion=1\n")))
            .File("root/.m2/repository/own/1/_remote.repositories", "own-1.jar>=\n"));

        Assert.Equal("company-mirror", inventory.Component("com.example:lib").Origin);
        Assert.Null(inventory.Component("com.example:own").Origin);
    }

    [Fact]
    public async Task A_jar_that_tells_nothing_is_told_by_its_checksum()
    {
        var inventory = await ReadAsync(Index((Sha1(Nameless), "org.example:nameless:2.1")), tar => tar
            .File("app/a.jar", Nameless)
            .File("app/b.jar", ZipBuilder.Zip(("BOOT-INF/lib/deep.jar", Nameless))));

        Assert.Equal(["app/a.jar", "app/b.jar!/BOOT-INF/lib/deep.jar"], inventory.Components.Select(c => c.Location.Path));
        Assert.All(inventory.Components, c => Assert.Equal("pkg:maven/org.example/nameless@2.1", c.Purl.ToString()));
    }

    [Fact]
    public async Task What_Maven_wrote_into_a_jar_counts_before_its_checksum_and_a_guess_after_it()
    {
        var told = ZipBuilder.Zip(("META-INF/maven/g/told/pom.properties", "groupId=g\nartifactId=told\nversion=1\n"));
        var guessed = ZipBuilder.Zip(("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\nImplementation-Version: 9\n"));
        var inventory = await ReadAsync(Index((Sha1(told), "x:y:0"), (Sha1(guessed), "org.example:guessed:3.1")), tar => tar
            .File("told.jar", told)
            .File("guess-9.jar", guessed));

        Assert.Equal(["g:told 1", "org.example:guessed 3.1"], inventory.Names());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Every_line_of_an_index_is_found_and_nothing_between(int count)
    {
        var lines = Enumerable.Range(0, count)
            .Select(i => (Hash: Sha1(BitConverter.GetBytes(i)), Name: $"group.{i}:artifact{new string('x', i % 90)}:{i}.0")).ToArray();
        using var index = JavaChecksumIndex.Open(Index(lines));

        Assert.All(lines, line => Assert.Equal(line.Name, index.Find(line.Hash) is { } found ? $"{found.Group}:{found.Artifact}:{found.Version}" : null));
        Assert.All(Enumerable.Range(count, 200), i => Assert.Null(index.Find(Sha1(BitConverter.GetBytes(i)))));
    }

    [Fact]
    public void Another_index_is_another_version_of_the_readers()
    {
        using var one = JavaChecksumIndex.Open(Index((Sha1(Nameless), "a:b:1")));
        using var two = JavaChecksumIndex.Open(Index((Sha1(Nameless), "a:b:2")));

        string VersionWith(JavaChecksumIndex? index) => new ImageIndexer(new InventoryOptions { JavaIndex = index }, null, TimeProvider.System).CatalogVersion;
        Assert.Equal(3, new[] { VersionWith(null), VersionWith(one), VersionWith(two) }.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("no index")]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709")]
    [InlineData("DA39A3EE5E6B4B0D3255BFEF95601890AFD80709 a:b:1")]
    public void What_is_no_index_is_refused(string text)
    {
        File.WriteAllText(_directory["index"], text);

        Assert.Contains("is not an index of jars", Assert.Throws<FormatException>(() => JavaChecksumIndex.Open(_directory["index"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_that_is_broken_in_the_middle_finds_nothing_and_ends()
    {
        File.WriteAllText(_directory["index"], $"{Sha1([1])} a:b:1\n{new string('z', 5000)}\n\n\n{Sha1([2])} a:b:1\n");
        using var index = JavaChecksumIndex.Open(_directory["index"]);

        for (var i = 0; i < 100; i++)
        {
            index.Find(Sha1(BitConverter.GetBytes(i)));
        }
    }

    private static string Sha1(byte[] content)
    {
#pragma warning disable CA5350 // The index is by SHA-1.
        return Convert.ToHexStringLower(SHA1.HashData(content));
#pragma warning restore CA5350
    }

    private string Index(params (string Hash, string Name)[] lines)
    {
        var path = _directory[$"index-{Guid.NewGuid():N}"];
        File.WriteAllText(path, string.Concat(lines.OrderBy(l => l.Hash, StringComparer.Ordinal).Select(l => $"{l.Hash} {l.Name}\n")));
        return path;
    }

    private static async Task<ComponentInventory> ReadAsync(string index, Action<TarBuilder> layer)
    {
        using var directory = new TemporaryDirectory();
        new ImageBuilder().Layer(layer).Build().WriteLayout(directory.Path);
        using var jars = JavaChecksumIndex.Open(index);
        return await new ImageIndexer(new InventoryOptions { JavaIndex = jars }, null, TimeProvider.System)
            .IndexAsync(new OciLayout(directory.Path, null), Platform.LinuxAmd64, null, TestContext.Current.CancellationToken);
    }
}
