using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Store;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;
using OssRuntime.Testing.Images;

namespace OssRuntime.Inventory.Tests;

/// <summary>Reads images of the tests by way of a layout on disk.</summary>
internal static class ImageReader
{
    public const string DebianRelease = "ID=debian\nVERSION_ID=\"12\"\nVERSION_CODENAME=bookworm\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n";

    public static Task<ComponentInventory> ReadAsync(params Action<TarBuilder>[] layers)
    {
        var image = new ImageBuilder();
        foreach (var layer in layers)
        {
            image.Layer(layer);
        }

        return ReadAsync(image.Build());
    }

    public static async Task<ComponentInventory> ReadAsync(
        BuiltImage image, ContentLimits? limits = null, IInventoryStore? store = null, IProgress<IndexProgress>? progress = null)
    {
        using var directory = new TemporaryDirectory();
        image.WriteLayout(directory.Path);
        var indexer = new ImageIndexer(new InventoryOptions { Limits = limits ?? new() }, store, TimeProvider.System);
        return await indexer.IndexAsync(new OciLayout(directory.Path, null), Platform.LinuxAmd64, progress, TestContext.Current.CancellationToken);
    }

    public static async Task<InventoryFailure> FailAsync(BuiltImage image, ContentLimits? limits = null) =>
        (await Assert.ThrowsAsync<InventoryException>(() => ReadAsync(image, limits))).Failure;

    /// <summary>Name and version of each component, in the inventory's order.</summary>
    public static string[] Names(this ComponentInventory inventory) => [.. inventory.Components.Select(c => $"{c.Name} {c.Version}")];

    public static Component Component(this ComponentInventory inventory, string name) => Assert.Single(inventory.Components, c => c.Name == name);

    public static string Stanza(string package, string version, string? more = null, string status = "install ok installed") =>
        $"Package: {package}\nStatus: {status}\nArchitecture: amd64\nVersion: {version}\n{more}\n";
}
