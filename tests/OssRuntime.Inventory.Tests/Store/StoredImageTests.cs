using OssRuntime.Inventory.Store;
using OssRuntime.Inventory.Tests.Registry;
using OssRuntime.Model.Images;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests.Store;

public sealed class StoredImageTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteInventoryStore _store;

    public StoredImageTests() =>
        _store = SqliteInventoryStore.Open(_directory["store.db"], new NoStoreTrouble());

    public void Dispose()
    {
        _store.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task An_image_that_was_read_costs_no_request_when_it_is_asked_for_by_digest()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Store = _store;
        reader.Reference = reader.Registry.Reference(RegistryReader.Repository, reader.Image.Digest);
        var first = await reader.ReadAsync();
        var asked = reader.Registry.Requests.Count;

        var second = await reader.ReadAsync();

        Assert.Equal(asked, reader.Registry.Requests.Count);
        Assert.Equal(first.Names(), second.Names());
    }

    [Fact]
    public async Task An_index_that_was_read_costs_no_request_either()
    {
        var image = new ImageBuilder().Layer(RegistryReader.Package("amd")).Build();
        await using var reader = await RegistryReader.StartAsync(ImageBuilder.Index((image, "linux/amd64")));
        reader.Store = _store;
        reader.Reference = reader.Registry.Reference(RegistryReader.Repository, reader.Image.Digest);
        await reader.ReadAsync();
        var asked = reader.Registry.Requests.Count;

        Assert.Equal(image.Digest, (await reader.ReadAsync()).Digest!.Value.Value);
        Assert.Equal(asked, reader.Registry.Requests.Count);
    }

    [Fact]
    public async Task A_new_image_on_a_known_base_reads_only_its_own_layers()
    {
        var basis = new ImageBuilder().Layer(RegistryReader.Package("base")).Build();
        await using var reader = await RegistryReader.StartAsync(basis);
        reader.Store = _store;
        await reader.ReadAsync();
        var next = new ImageBuilder().Layer(RegistryReader.Package("base")).Layer(RegistryReader.Package("own")).Build();
        reader.Reference = reader.Registry.Push("team/next", "v1", next);

        var inventory = await reader.ReadAsync();

        Assert.Equal(["base 1.0.0", "own 1.0.0"], inventory.Names());
        Assert.Equal((1, 1), (inventory.Cost.LayersRead, inventory.Cost.LayersKnown));
        Assert.Equal(1, reader.Registry.Count(basis.LayerDigests[0]));
    }

    [Fact]
    public async Task An_image_whose_blobs_are_gone_is_inventoried_if_its_layers_were_read()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Store = _store;
        await reader.ReadAsync();
        foreach (var blob in reader.Image.Blobs.Keys)
        {
            reader.Registry.DeleteBlob(RegistryReader.Repository, blob);
        }

        foreach (var (image, platform) in _store.List())
        {
            _store.ForgetInventory(image, platform);
        }

        Assert.Equal(["x 1.0.0"], (await reader.ReadAsync()).Names());
    }

    [Fact]
    public async Task Layers_come_out_of_the_store_as_they_went_in()
    {
        var image = new ImageBuilder()
            .Layer(tar => tar
                .SymbolicLink("lib", "usr/lib")
                .File("etc/os-release", ImageReader.DebianRelease)
                .File("var/lib/dpkg/status", ImageReader.Stanza("node-x", "1", "Source: x (2)\n") + "nonsense\n\n")
                .File("var/lib/dpkg/info/node-x:amd64.list", "/lib/node_modules/x/package.json\n")
                .File("usr/lib/node_modules/x/package.json", """{"name":"x","version":"1.0.0","license":"MIT"}""")
                .File("usr/lib/node_modules/y/package.json", """{"name":"y","version":"1.0.0"}""")
                .File("opt/a-1.dist-info/METADATA", "Name: a\nVersion: 1\n\n")
                .File("opt/a-1.dist-info/direct_url.json", """{"url":"https://example.org/a.git"}"""))
            .Layer(tar => tar.Whiteout("usr/lib/node_modules/y").Opaque("srv").File("opt/tool", "x"))
            .Build();
        using var layout = new TemporaryDirectory();
        image.WriteLayout(layout.Path);
        var source = new Inventory.Images.OciLayout(layout.Path, null);
        var indexer = new ImageIndexer(new InventoryOptions(), _store, TimeProvider.System);
        var first = await indexer.IndexAsync(source, Platform.LinuxAmd64, null, TestContext.Current.CancellationToken);
        foreach (var (digest, platform) in _store.List())
        {
            _store.ForgetInventory(digest, platform);
        }

        var second = await indexer.IndexAsync(source, Platform.LinuxAmd64, null, TestContext.Current.CancellationToken);

        Assert.Equal((0, 2, 0L), (second.Cost.LayersRead, second.Cost.LayersKnown, second.Cost.BytesRead));
        Assert.Equal(3, second.Components.Length);
        Assert.Equal(first.Components.Select(Describe), second.Components.Select(Describe));
        Assert.Equal(first.Unknowns, second.Unknowns);
        Assert.Equal("https://example.org/a.git", second.Component("a").Origin);
    }

    private static string Describe(Model.Packages.Component c) =>
        $"{c.Purl} {c.Location} {c.Source} {string.Join('|', c.Licenses)} {c.OwnedBy} {c.Origin} {c.FoundBy}";
}
