using OssRuntime.Testing.Images;
using static OssRuntime.Inventory.Tests.ImageReader;

namespace OssRuntime.Inventory.Tests.Merging;

public sealed class LayerMergerTests
{
    private const string Path = "app/node_modules/x/package.json";

    [Fact]
    public async Task A_file_of_a_higher_layer_replaces_the_one_below() =>
        Assert.Equal(["x 2.0.0"], (await ReadAsync(Package("1.0.0"), Package("2.0.0"))).Names());

    [Theory]
    [InlineData("app/node_modules/x/package.json")]
    [InlineData("app/node_modules/x")]
    [InlineData("app")]
    public async Task A_whiteout_deletes_a_path_and_all_beneath(string path) =>
        Assert.Empty((await ReadAsync(Package("1.0.0"), tar => tar.Whiteout(path))).Components);

    [Theory]
    [InlineData("app/node_modules/x/pack")]
    [InlineData("app/node_modules/x/package.json/")]
    [InlineData("ap")]
    [InlineData("app/node_modules/y")]
    public async Task A_whiteout_leaves_its_neighbours(string path) =>
        Assert.Single((await ReadAsync(Package("1.0.0"), tar => tar.Whiteout(path))).Components);

    [Fact]
    public async Task A_whiteout_hides_only_what_lies_below_its_layer()
    {
        var inventory = await ReadAsync(Package("1.0.0"), tar => Package("2.0.0")(tar.Whiteout("app")), tar => tar.File("other", ""));

        Assert.Equal(["x 2.0.0"], inventory.Names());
    }

    [Fact]
    public async Task A_path_that_comes_back_after_its_deletion_is_there() =>
        Assert.Equal(["x 3.0.0"], (await ReadAsync(Package("1.0.0"), tar => tar.Whiteout("app"), Package("3.0.0"))).Names());

    [Theory]
    [InlineData("app", 0)]
    [InlineData("app/node_modules/", 0)]
    [InlineData("app/node_modules/y", 1)]
    [InlineData("", 0)]
    public async Task An_opaque_directory_hides_what_the_layers_below_have_in_it(string directory, int left) =>
        Assert.Equal(left, (await ReadAsync(Package("1.0.0"), tar => tar.Opaque(directory))).Components.Length);

    [Fact]
    public async Task An_opaque_directory_shows_what_its_own_layer_has_in_it() =>
        Assert.Equal(["x 2.0.0"], (await ReadAsync(Package("1.0.0"), tar => Package("2.0.0")(tar.Opaque("app")))).Names());

    [Fact]
    public async Task A_file_in_the_place_of_a_directory_hides_all_that_was_in_it() =>
        Assert.Empty((await ReadAsync(Package("1.0.0"), tar => tar.File("app/node_modules", "now a file"))).Components);

    [Fact]
    public async Task A_link_in_the_place_of_a_directory_hides_all_that_was_in_it() =>
        Assert.Empty((await ReadAsync(Package("1.0.0"), tar => tar.SymbolicLink("app", "elsewhere"))).Components);

    [Fact]
    public async Task A_directory_in_the_place_of_a_file_hides_the_file()
    {
        var inventory = await ReadAsync(
            tar => tar.File("lib/six-1.0.egg-info", "Name: six\nVersion: 1.0\n\n"),
            tar => tar.File("lib/six-1.0.egg-info/PKG-INFO", "Name: six\nVersion: 1.1\n\n"));

        Assert.Equal(["six 1.1"], inventory.Names());
    }

    [Fact]
    public async Task A_symbolic_link_in_the_place_of_a_package_file_hides_it() =>
        Assert.Empty((await ReadAsync(Package("1.0.0"), tar => tar.SymbolicLink(Path, "/dev/null"))).Components);

    [Fact]
    public async Task A_device_in_the_place_of_a_package_file_hides_it() =>
        Assert.Empty((await ReadAsync(Package("1.0.0"), tar => tar.Entry(Path, '3', []))).Components);

    [Fact]
    public async Task An_emptied_package_database_hides_the_packages_below()
    {
        var inventory = await ReadAsync(
            tar => tar.File("etc/os-release", DebianRelease).File("var/lib/dpkg/status", Stanza("curl", "7.88.1-10")),
            tar => tar.File("var/lib/dpkg/status", ""));

        Assert.Empty(inventory.Components);
    }

    [Fact]
    public async Task A_package_is_placed_in_the_layer_that_brought_it()
    {
        var image = new ImageBuilder()
            .Layer(tar => tar.File("etc/os-release", DebianRelease).File("var/lib/dpkg/status", Stanza("base", "1") + Stanza("curl", "1")))
            .Layer(tar => tar.File("var/lib/dpkg/status", Stanza("base", "1") + Stanza("curl", "2") + Stanza("vim", "9")))
            .Layer(tar => tar.File("var/lib/dpkg/status", Stanza("base", "1") + Stanza("curl", "1") + Stanza("vim", "9")))
            .Build();

        var inventory = await ReadAsync(image);

        Assert.Equal(image.LayerDigests[0], inventory.Component("base").Location.Layer!.Value.Value);
        Assert.Equal(image.LayerDigests[2], inventory.Component("curl").Location.Layer!.Value.Value);
        Assert.Equal(image.LayerDigests[1], inventory.Component("vim").Location.Layer!.Value.Value);
    }

    [Fact]
    public async Task A_package_database_that_was_deleted_between_starts_anew()
    {
        var image = new ImageBuilder()
            .Layer(tar => tar.File("etc/os-release", DebianRelease).File("var/lib/dpkg/status", Stanza("base", "1")))
            .Layer(tar => tar.Whiteout("var/lib/dpkg"))
            .Layer(tar => tar.File("var/lib/dpkg/status", Stanza("base", "1")))
            .Build();

        Assert.Equal(image.LayerDigests[2], (await ReadAsync(image)).Component("base").Location.Layer!.Value.Value);
    }

    [Fact]
    public async Task Bookkeeping_of_aufs_deletes_nothing() =>
        Assert.Single((await ReadAsync(Package("1.0.0"), tar => tar.File(".wh..wh.plnk", "").File(".wh..wh.aufs", ""))).Components);

    private static Action<TarBuilder> Package(string version) =>
        tar => tar.File(Path, $$"""{"name":"x","version":"{{version}}"}""");
}
