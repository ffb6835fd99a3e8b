using Microsoft.Extensions.Time.Testing;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Registry;
using OssRuntime.Inventory.Store;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Registry;

namespace OssRuntime.Inventory.Tests.Registry;

/// <summary>A fake registry with one image and a client that reads it.</summary>
internal sealed class RegistryReader : IAsyncDisposable
{
    public const string Repository = "team/app";

    private RegistryReader(FakeRegistry registry, BuiltImage image)
    {
        Registry = registry;
        Image = image;
        Reference = registry.Push(Repository, "v1", image);
    }

    public FakeRegistry Registry { get; }

    public BuiltImage Image { get; }

    public string Reference { get; set; }

    public FakeTimeProvider Time { get; } = new();

    public RegistryOptions Options { get; set; } = new();

    public IRegistryCredentials Credentials { get; set; } = AnonymousCredentials.Instance;

    public IRegistryObserver? Observer { get; set; }

    public IInventoryStore? Store { get; set; }

    private RegistryClient? Client { get; set; }

    public static Action<TarBuilder> Package(string name) =>
        tar => tar.File($"app/node_modules/{name}/package.json", $$"""{"name":"{{name}}","version":"1.0.0"}""");

    public static async Task<RegistryReader> StartAsync(BuiltImage? image = null) =>
        new(await FakeRegistry.StartAsync(), image ?? new ImageBuilder().Layer(Package("x")).Build());

    public Task<ComponentInventory> ReadAsync()
    {
        Assert.True(ImageReference.TryParse(Reference, out var reference, out var reason), reason);
        Client ??= new RegistryClient(Options, Time, Observer);
        var indexer = new ImageIndexer(new InventoryOptions(), Store, Time);
        return indexer.IndexAsync(new RegistryImage(reference!, Client, Credentials), Platform.LinuxAmd64, null, TestContext.Current.CancellationToken);
    }

    public async Task<InventoryFailure> FailAsync() => (await Assert.ThrowsAsync<InventoryException>(ReadAsync)).Failure;

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await Registry.DisposeAsync();
    }
}
