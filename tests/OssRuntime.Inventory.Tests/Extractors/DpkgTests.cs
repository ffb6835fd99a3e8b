using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests.Extractors;

public sealed class DpkgTests
{
    [Theory]
    [InlineData("install ok installed", true)]
    [InlineData("hold ok installed", true)]
    [InlineData("install ok unpacked", true)]
    [InlineData("install ok half-configured", true)]
    [InlineData("install ok triggers-pending", true)]
    [InlineData("install ok triggers-awaited", true)]
    [InlineData("deinstall ok config-files", false)]
    [InlineData("purge ok not-installed", false)]
    [InlineData("install ok half-installed", false)]
    [InlineData("deinstall reinstreq half-installed", false)]
    public async Task A_package_counts_where_its_files_are_there(string status, bool counts) =>
        Assert.Equal(counts ? ["curl 7.88"] : [], (await StatusAsync(Stanza("curl", "7.88", status: status))).Names());

    [Theory]
    [InlineData("Source: glibc\n", "glibc", "2.36")]
    [InlineData("Source: gcc-12 (12.2.0-14)\n", "gcc-12", "12.2.0-14")]
    [InlineData("", "libc6", "2.36")]
    public async Task The_source_package_is_told_or_is_the_package_itself(string field, string name, string version)
    {
        var source = (await StatusAsync(Stanza("libc6", "2.36", field))).Component("libc6").Source!;

        Assert.Equal((name, version), (source.Name, source.Version));
    }

    [Fact]
    public async Task Broken_stanzas_are_told_and_the_others_are_read()
    {
        var inventory = await StatusAsync(
            Stanza("first", "1")
            + "Package: torn\nStatus: install ok installed\nArchitecture: amd64\n\n"
            + "Status: install ok installed\nVersion: 5\n\n"
            + "Package: noise\nStatus: install ok installed\nthis line is no field\nVersion: 3\n\n"
            + "\n\n\n"
            + Stanza("last", "2"));

        Assert.Equal(["first 1", "last 2", "noise 3"], inventory.Names());
        Assert.Equal(
            [
                "the stanza of 'noise' is broken: line 15 is not a field",
                "the stanza of 'torn' is broken: it has no Version field",
                "the stanza of an unnamed package is broken: it has no Package field",
            ],
            inventory.Unknowns.Select(u => u.Reason));
        Assert.All(inventory.Unknowns, u => Assert.Equal(("var/lib/dpkg/status", "dpkg"), (u.Path, u.Extractor)));
    }

    [Fact]
    public async Task A_file_cut_off_in_a_stanza_keeps_what_stands_before()
    {
        var inventory = await StatusAsync(Stanza("first", "1") + "Package: cut\nStatus: install ok insta");

        Assert.Equal(["first 1"], inventory.Names());
    }

    [Fact]
    public async Task Distroless_images_have_a_file_for_each_package()
    {
        var inventory = await ReadAsync(tar => tar
            .File("etc/os-release", DebianRelease)
            .File("var/lib/dpkg/status.d/base", "Package: base-files\nVersion: 12.4\nArchitecture: amd64\n")
            .File("var/lib/dpkg/status.d/base.md5sums", "d41d8cd98f00b204e9800998ecf8427e  usr/share/x\n")
            .File("var/lib/dpkg/status.d/tzdata", "Package: tzdata\nVersion: 2024a\nArchitecture: all\n"));

        Assert.Equal(["base-files 12.4", "tzdata 2024a"], inventory.Names());
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task Folded_fields_and_carriage_returns_do_no_harm()
    {
        var inventory = await StatusAsync(
            "Package: a\r\nStatus: install ok installed\r\nVersion: 1\r\nDescription: text\r\n Package: fake\r\n Version: 9\r\n .\r\n more\r\n");

        Assert.Equal(["a 1"], inventory.Names());
    }

    [Fact]
    public async Task A_name_with_control_characters_is_refused()
    {
        var inventory = await StatusAsync(Stanza("good", "1") + Stanza("ba\u001b[31md", "1") + Stanza("worse", "1\u0007"));

        Assert.Equal(["good 1"], inventory.Names());
        Assert.Equal(2, inventory.Unknowns.Length);
        Assert.All(inventory.Unknowns, u => Assert.DoesNotContain(u.Reason, char.IsControl));
    }

    [Fact]
    public async Task Language_packages_that_an_OS_package_installed_are_owned_by_it()
    {
        var inventory = await ReadAsync(tar => tar
            .SymbolicLink("lib", "usr/lib")
            .File("etc/os-release", DebianRelease)
            .File("var/lib/dpkg/status", Stanza("python3-six", "1.16.0-4") + Stanza("node-x", "1", "Multi-Arch: same\n"))
            .File("var/lib/dpkg/info/python3-six.list", "/.\n/usr\n/usr/lib/python3/dist-packages/six-1.16.0.egg-info/PKG-INFO\n")
            .File("var/lib/dpkg/info/node-x:amd64.list", "/lib/node_modules/x/package.json\n")
            .File("usr/lib/python3/dist-packages/six-1.16.0.egg-info/PKG-INFO", "Name: six\nVersion: 1.16.0\n\n")
            .File("usr/lib/node_modules/x/package.json", """{"name":"x","version":"1.0.0"}""")
            .File("usr/lib/node_modules/y/package.json", """{"name":"y","version":"1.0.0"}"""));

        Assert.Equal("pkg:deb/debian/python3-six@1.16.0-4?arch=amd64&distro=debian-12", inventory.Component("six").OwnedBy);
        Assert.Equal("pkg:deb/debian/node-x@1?arch=amd64&distro=debian-12", inventory.Component("x").OwnedBy);
        Assert.Null(inventory.Component("y").OwnedBy);
    }

    [Fact]
    public async Task A_list_left_behind_by_a_removed_package_owns_nothing()
    {
        var inventory = await ReadAsync(tar => tar
            .File("etc/os-release", DebianRelease)
            .File("var/lib/dpkg/status", Stanza("node-x", "1", status: "deinstall ok config-files"))
            .File("var/lib/dpkg/info/node-x.list", "/usr/lib/node_modules/x/package.json\n")
            .File("usr/lib/node_modules/x/package.json", """{"name":"x","version":"1.0.0"}"""));

        Assert.Null(inventory.Component("x").OwnedBy);
    }

    private static Task<Model.Inventories.ComponentInventory> StatusAsync(string status) =>
        ReadAsync(tar => tar.File("etc/os-release", DebianRelease).File("var/lib/dpkg/status", status));
}
