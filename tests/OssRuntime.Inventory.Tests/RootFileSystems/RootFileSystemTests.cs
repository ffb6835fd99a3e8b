using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.RootFileSystems;
using OssRuntime.Model.Inventories;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests.RootFileSystems;

public sealed class RootFileSystemTests : IDisposable
{
    private const string Json = """{"name":"x","version":"1.0.0"}""";

    private readonly TemporaryDirectory _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task A_directory_is_read_as_a_root_file_system()
    {
        Write("etc/os-release", ImageReader.DebianRelease);
        Write("var/lib/dpkg/status", ImageReader.Stanza("curl", "7.88"));
        Write("app/node_modules/x/package.json", Json);

        var inventory = await ReadAsync();

        Assert.Equal(["curl 7.88", "x 1.0.0"], inventory.Names());
        Assert.Equal((null, "app/node_modules/x/package.json"), (inventory.Component("x").Location.Layer, inventory.Component("x").Location.Path));
        Assert.Equal("debian", inventory.OsRelease!.Id);
    }

    [Fact]
    public async Task Links_are_not_followed_out_of_the_root()
    {
        using var outside = new TemporaryDirectory();
        Directory.CreateDirectory(outside["node_modules/x"]);
        File.WriteAllText(outside["node_modules/x/package.json"], Json);
        Directory.CreateSymbolicLink(_root["app"], outside.Path);
        Directory.CreateDirectory(_root["b/node_modules/x"]);
        File.CreateSymbolicLink(_root["b/node_modules/x/package.json"], outside["node_modules/x/package.json"]);
        Directory.CreateDirectory(_root["c/node_modules/x"]);
        Directory.CreateSymbolicLink(_root["c/out"], outside["node_modules/x"]);
        File.CreateSymbolicLink(_root["c/node_modules/x/package.json"], "../../out/package.json");

        Assert.Empty((await ReadAsync()).Components);
    }

    [Fact]
    public async Task A_link_to_a_file_inside_the_root_is_followed_where_nobody_looks_otherwise()
    {
        Write("store/1234", Json);
        Directory.CreateDirectory(_root["app/node_modules/x"]);
        File.CreateSymbolicLink(_root["app/node_modules/x/package.json"], "../../../store/1234");

        Assert.Equal("app/node_modules/x/package.json", Assert.Single((await ReadAsync()).Components).Location.Path);
    }

    [Fact]
    public async Task Links_to_a_directory_in_a_circle_are_no_trap()
    {
        Write("a/node_modules/x/package.json", Json);
        Directory.CreateSymbolicLink(_root["a/again"], _root["a"]);
        Directory.CreateSymbolicLink(_root["a/self"], "self");

        Assert.Single((await ReadAsync()).Components);
    }

    [Theory]
    [InlineData("var/lib/dpkg", "../../usr/share/packages", "usr/share/packages/status")]
    [InlineData("var/lib/dpkg", "/usr/lib/sysimage/dpkg", "usr/lib/sysimage/dpkg/status")]
    [InlineData("var/lib", "../usr/state", "usr/state/dpkg/status")]
    public async Task A_package_database_behind_a_linked_directory_is_the_images(string link, string target, string status)
    {
        Write("etc/os-release", ImageReader.DebianRelease);
        Write(status, ImageReader.Stanza("curl", "7.88"));
        Directory.CreateDirectory(Path.GetDirectoryName(_root[link])!);
        Directory.CreateSymbolicLink(_root[link], target);

        var inventory = await ReadAsync();

        Assert.Equal(["curl 7.88"], inventory.Names());
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task A_linked_database_directory_is_not_followed_out_of_the_root()
    {
        using var outside = new TemporaryDirectory();
        File.WriteAllText(outside["status"], ImageReader.Stanza("curl", "7.88"));
        Directory.CreateDirectory(_root["var/lib"]);
        Directory.CreateSymbolicLink(_root["var/lib/dpkg"], outside.Path);
        Directory.CreateSymbolicLink(_root["out"], outside.Path);
        Directory.CreateSymbolicLink(_root["var/lib/rpm"], "../../out");

        Assert.Empty((await ReadAsync()).Components);
    }

    [Theory]
    [InlineData("var/lib/dpkg/status", "")]
    [InlineData("var/lib/rpm/rpmdb.sqlite", "garbage")]
    [InlineData("var/db/unheard/of", "x")]
    public async Task A_distribution_without_a_readable_package_database_is_an_unknown_of_its_own_kind(string path, string content)
    {
        Write("etc/os-release", ImageReader.DebianRelease);
        Write(path, content);
        Write("app/node_modules/x/package.json", Json);

        var unknown = Assert.Single((await ReadAsync()).Unknowns, unknown => unknown.Kind == UnknownKind.NoPackageDatabase);

        Assert.Contains("no package database", unknown.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_distribution_no_packages_of_one_are_missed()
    {
        Write("app/node_modules/x/package.json", Json);

        Assert.Empty((await ReadAsync()).Unknowns);
    }

    [Fact]
    public async Task A_root_that_is_not_there_is_told()
    {
        var failure = (await Assert.ThrowsAsync<InventoryException>(() => ReadAsync(_root["missing"]))).Failure;

        Assert.Equal(FailureReason.SourceNotFound, failure.Reason);
    }

    [Fact]
    public async Task Names_that_are_no_ASCII_are_read()
    {
        Write("app/größe/node_modules/x/package.json", Json);

        Assert.Equal("app/größe/node_modules/x/package.json", Assert.Single((await ReadAsync()).Components).Location.Path);
    }

    [Fact]
    public async Task A_pipe_at_a_wanted_path_blocks_nobody()
    {
        Directory.CreateDirectory(_root["node_modules/x"]);
        using var mkfifo = System.Diagnostics.Process.Start("mkfifo", _root["node_modules/x/package.json"]);
        await mkfifo.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Empty((await ReadAsync()).Components);
    }

    [Theory]
    [InlineData("/proc", true)]
    [InlineData("/var/lib/docker/overlay2/abc/merged", true)]
    [InlineData("/mnt/with blank", true)]
    [InlineData("/", false)]
    [InlineData("/usr", false)]
    public void Views_of_the_kernel_and_of_other_containers_are_not_entered(string path, bool isForeign)
    {
        string[] lines =
        [
            "22 28 0:20 / /proc rw,nosuid shared:14 - proc proc rw",
            "28 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
            "29 28 254:1 / /usr ro,relatime - xfs /dev/vdb rw",
            @"30 28 0:40 / /mnt/with\040blank rw - nfs4 server:/x rw",
            "31 28 0:41 / /var/lib/docker/overlay2/abc/merged rw - overlay overlay rw",
            "nonsense",
            "",
        ];

        Assert.Equal(isForeign, MountTable.Parse(lines).IsForeign(path));
    }

    private Task<ComponentInventory> ReadAsync(string? root = null) => new ImageIndexer(new InventoryOptions(), null, TimeProvider.System)
        .IndexAsync(new RootFileSystem(root ?? _root.Path), null, TestContext.Current.CancellationToken);

    private void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_root[path])!);
        File.WriteAllText(_root[path], content);
    }
}
