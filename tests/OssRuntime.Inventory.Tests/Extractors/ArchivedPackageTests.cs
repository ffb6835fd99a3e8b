using System.IO.Compression;
using OssRuntime.Model.Inventories;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests.Extractors;

/// <summary>Packages that run, or wait to be installed, out of zip archives: Yarn's cache, wheels, eggs.</summary>
public sealed class ArchivedPackageTests
{
    private const string Lodash = """{"name":"lodash","version":"4.17.21","license":"MIT"}""";

    [Theory]
    [InlineData("srv/app/.yarn/cache/lodash-npm-4.17.21-6382451519-eb835a2e51.zip")]
    [InlineData(".yarn/cache/lodash-npm-4.17.21-6382451519-eb835a2e51.zip")]
    [InlineData("root/.yarn/berry/cache/lodash-npm-4.17.21-6382451519-8.zip")]
    public async Task A_package_in_the_cache_of_Yarn_is_found_where_it_lies(string path)
    {
        var inventory = await ReadAsync(tar => tar.File(path, ZipBuilder.Zip(
            ("node_modules/lodash/package.json", Lodash), ("node_modules/lodash/fp/package.json", """{"name":"fp","version":"9.9.9"}"""), ("node_modules/lodash/lodash.js", "x"))));

        var lodash = Assert.Single(inventory.Components);
        Assert.Equal(("pkg:npm/lodash@4.17.21", $"{path}!/node_modules/lodash/package.json"), (lodash.Purl.ToString(), lodash.Location.Path));
        Assert.Equal(["MIT"], lodash.Licenses);
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task Packages_bundled_in_a_package_are_packages()
    {
        var inventory = await ReadAsync(
            tar => tar.File("app/.yarn/cache/npm-npm-9.0.0-0-0.zip", ZipBuilder.Zip(
                ("node_modules/npm/package.json", """{"name":"npm","version":"9.0.0"}"""),
                ("node_modules/npm/node_modules/@npmcli/arborist/package.json", """{"name":"@npmcli/arborist","version":"6.1.0"}"""))),
            tar => tar
                .File("usr/lib/node_modules/pnpm/dist/node_modules/ip/package.json", """{"name":"ip","version":"2.0.0"}""")
                .File("srv/node_modules/.pnpm/@babel+core@7.23.0/node_modules/@babel/core/package.json", """{"name":"@babel/core","version":"7.23.0"}"""));

        Assert.Equal(["@babel/core 7.23.0", "@npmcli/arborist 6.1.0", "ip 2.0.0", "npm 9.0.0"], inventory.Names().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Other_archives_are_left_alone()
    {
        var inventory = await ReadAsync(tar => tar
            .File("srv/cache/a.zip", ZipBuilder.Zip(("node_modules/lodash/package.json", Lodash)))
            .File("srv/.yarn/unplugged/x.zip", ZipBuilder.Zip(("node_modules/lodash/package.json", Lodash))));

        Assert.Empty(inventory.Components);
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task A_wheel_tells_itself_and_what_is_packed_into_it()
    {
        const string path = "usr/lib/python3.11/ensurepip/_bundled/setuptools-71.0.0-py3-none-any.whl";
        var inventory = await ReadAsync(tar => tar.File(path, ZipBuilder.Zip(
            ("setuptools-71.0.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: setuptools\nVersion: 71.0.0\nLicense: MIT\n\n"),
            ("setuptools/_vendor/wheel-0.43.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: wheel\nVersion: 0.43.0\n\n"))));

        Assert.Equal(["setuptools 71.0.0", "wheel 0.43.0"], inventory.Names());
        Assert.Equal($"{path}!/setuptools/_vendor/wheel-0.43.0.dist-info/METADATA", inventory.Component("wheel").Location.Path);
    }

    [Fact]
    public async Task An_egg_tells_itself_as_archive_and_as_directory()
    {
        var inventory = await ReadAsync(tar => tar
            .File("usr/lib/python2.7/site-packages/a-1.0-py2.7.egg", ZipBuilder.Zip(("EGG-INFO/PKG-INFO", "Metadata-Version: 1.0\nName: a\nVersion: 1.0\n")))
            .File("usr/lib/python2.7/site-packages/b-2.0-py2.7.egg/EGG-INFO/PKG-INFO", "Metadata-Version: 1.0\nName: b\nVersion: 2.0\n")
            .File("usr/lib/python3/dist-packages/c-3.0.egg-info", "Metadata-Version: 1.0\nName: c\nVersion: 3.0\n"));

        Assert.Equal(["a 1.0", "b 2.0", "c 3.0"], inventory.Names());
    }

    [Fact]
    public async Task Wheels_of_the_distribution_are_owned_by_their_package()
    {
        var inventory = await ReadAsync(tar => tar
            .File("etc/os-release", ImageReader.DebianRelease)
            .File("var/lib/dpkg/status", ImageReader.Stanza("python3-pip-whl", "23.0.1+dfsg-1"))
            .File("var/lib/dpkg/info/python3-pip-whl.list", "/usr/share/python-wheels/pip-23.0.1-py3-none-any.whl\n")
            .File("usr/share/python-wheels/pip-23.0.1-py3-none-any.whl", ZipBuilder.Zip(("pip-23.0.1.dist-info/METADATA", "Name: pip\nVersion: 23.0.1\n"))));

        Assert.StartsWith("pkg:deb/debian/python3-pip-whl@", inventory.Component("pip").OwnedBy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app/.yarn/cache/x-npm-1-2-3.zip")]
    [InlineData("app/x-1.0-py3-none-any.whl")]
    public async Task An_archive_that_is_none_or_a_bomb_costs_only_itself(string path)
    {
        var bomb = ZipBuilder.Zip(
            CompressionLevel.SmallestSize, ("node_modules/x/package.json", new byte[32 << 20]), ("x-1.0.dist-info/METADATA", new byte[32 << 20]));
        var inventory = await ReadAsync(
            tar => tar.File(path, "not a zip").File("node_modules/y/package.json", """{"name":"y","version":"1.0.0"}"""),
            tar => tar.File("2/" + path, bomb));

        Assert.Equal(["y 1.0.0"], inventory.Names());
        Assert.Equal(["2/" + path, path], inventory.Unknowns.Select(u => u.Path).Order(StringComparer.Ordinal));
    }

    private static Task<ComponentInventory> ReadAsync(params Action<TarBuilder>[] layers) => ImageReader.ReadAsync(layers);
}
