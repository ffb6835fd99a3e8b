using OssRuntime.Inventory.RootFileSystems;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests.Extractors;

/// <summary>Images that Nix builds: a store without its database.</summary>
public sealed class NixStoreTests
{
    private static readonly string Hash = new('a', 32);
    private static readonly string Other = new('b', 32);

    [Fact]
    public async Task The_directories_of_the_store_tell_the_packages()
    {
        var inventory = await ImageReader.ReadAsync(tar => tar
            .Directory($"nix/store/{Hash}-openssl-3.0.12")
            .File($"nix/store/{Hash}-openssl-3.0.12/lib/x", "x")
            .Directory($"nix/store/{Other}-openssl-3.0.12-bin")
            .Directory($"nix/store/{Hash}-gcc-12.3.0-lib")
            .Directory($"nix/store/{Hash}-builder")
            .Directory($"nix/store/{Hash}-hello-2.12.1.drv")
            .Directory($"nix/store/{Hash}-bash-5.2-p15/share/doc-1.0"));

        Assert.Equal(["gcc 12.3.0", "openssl 3.0.12"], inventory.Names());
        Assert.Equal($"nix/store/{Hash}-openssl-3.0.12", inventory.Component("openssl").Location.Path);
        Assert.Empty(inventory.Unknowns);
    }

    [Fact]
    public async Task A_store_path_goes_with_its_directory_and_hides_nothing_in_it()
    {
        const string manifest = """{"name":"x","version":"1.0.0"}""";
        var inventory = await ImageReader.ReadAsync(
            tar => tar.Directory($"nix/store/{Hash}-a-1.0").File($"nix/store/{Hash}-a-1.0/node_modules/x/package.json", manifest).Directory($"nix/store/{Hash}-b-2.0"),
            tar => tar.Directory($"nix/store/{Hash}-a-1.0").Whiteout($"nix/store/{Hash}-b-2.0"));

        Assert.Equal(["a 1.0", "x 1.0.0"], inventory.Names().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_store_on_disk_is_read_alike()
    {
        using var root = new TemporaryDirectory();
        Directory.CreateDirectory(Path.Combine(root.Path, "nix/store", $"{Hash}-zlib-1.3"));

        var inventory = await new ImageIndexer(new InventoryOptions(), null, TimeProvider.System)
            .IndexAsync(new RootFileSystem(root.Path), null, TestContext.Current.CancellationToken);

        Assert.Equal(["zlib 1.3"], inventory.Names());
    }
}
