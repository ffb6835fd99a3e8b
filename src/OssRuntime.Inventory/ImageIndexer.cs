using OssRuntime.Inventory.Extractors;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Layers;
using OssRuntime.Inventory.Merging;
using OssRuntime.Inventory.Store;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory;

/// <summary>
/// From an image to its components.
/// <code>
///        (1) known? ─────────────────────────────────────────────────► inventory
///             │ no
///  source ─► (2) manifest ─► (3) layers ─┬─ known ──► (4) store ──┐
///                                        └─ unknown ► (5) read ───┤      each layer once, however many images share it
///                                                                 ▼
///                             (7) inventory ◄── (6) merge: whiteouts, names, owners
/// </code>
/// <list type="number">
/// <item>An image whose digest and platform were inventoried by the same readers is not looked at again.</item>
/// <item>The manifest for the platform is found by way of the index.</item>
/// <item>Each layer is asked for by its digest.</item>
/// <item>What the store knows costs nothing.</item>
/// <item>What it does not know is streamed once through all extractors, a few layers at a time; a layer that another image is just
/// reading is waited for.</item>
/// <item>The layers are laid over one another.</item>
/// <item>The inventory is kept and returned.</item>
/// </list>
/// </summary>
public sealed class ImageIndexer
{
    private readonly InventoryOptions _options;
    private readonly IInventoryStore? _store;
    private readonly TimeProvider _time;
    private readonly ExtractorCatalog _catalog;
    private readonly LayerFlights _flights = new();

    /// <summary>Makes an indexer with all extractors.</summary>
    /// <param name="options">How images are read.</param>
    /// <param name="store">Where what was read is kept; null to keep nothing.</param>
    /// <param name="time">The clock that costs are measured with.</param>
    public ImageIndexer(InventoryOptions options, IInventoryStore? store, TimeProvider time)
        : this(options, store, time, ExtractorCatalog.Default)
    {
    }

    internal ImageIndexer(InventoryOptions options, IInventoryStore? store, TimeProvider time, ExtractorCatalog catalog)
    {
        _options = options;
        _store = store;
        _time = time;
        _catalog = catalog;
    }

    /// <summary>The version of all readers: what was kept under another one is read anew.</summary>
    public string CatalogVersion => _catalog.Version;

    /// <summary>The inventory of an image.</summary>
    /// <param name="image">Where it is.</param>
    /// <param name="platform">Which of its platforms.</param>
    /// <param name="progress">Is told what happens to each layer.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InventoryException">There is none, for the reason it carries.</exception>
    public async Task<ComponentInventory> IndexAsync(
        IImageSource image, Platform platform, IProgress<IndexProgress>? progress, CancellationToken cancellation)
    {
        // :: Step 1: known?
        if (image.KnownDigest is { } digest && _store?.GetInventory(digest, platform, _catalog.Version) is { } known)
        {
            return known;
        }

        // :: Step 2: manifest
        var started = _time.GetTimestamp();
        var manifest = await image.ResolveAsync(platform, cancellation);
        if (_store?.GetInventory(manifest.Digest, platform, _catalog.Version) is { } resolved)
        {
            Keep(image.KnownDigest ?? manifest.Index ?? manifest.Digest, platform, resolved, manifest);
            return resolved;
        }

        // :: Step 3-5: layers
        var reading = new ImageReading(image, manifest, _options, _catalog, _store, _flights, progress);
        var layers = await reading.ReadAsync(cancellation);

        // :: Step 6: merge
        var merged = ImageComponents.Of(layers);
        var inventory = new ComponentInventory
        {
            Digest = manifest.Digest,
            Platform = manifest.Platform,
            OsRelease = merged.OsRelease,
            Components = merged.Components,
            Unknowns = merged.Unknowns,
            Cost = new InventoryCost(reading.BytesRead, reading.LayersRead, reading.LayersKnown, Elapsed(started)),
        };

        // :: Step 7: keep
        Keep(manifest.Digest, platform, inventory, manifest);
        if ((image.KnownDigest ?? manifest.Index) is { } asked && asked != manifest.Digest)
        {
            Keep(asked, platform, inventory, manifest);
        }

        return inventory;
    }

    /// <summary>The inventory of a root file system on disk. Nothing of it is kept.</summary>
    /// <exception cref="InventoryException">There is none, for the reason it carries.</exception>
    public Task<ComponentInventory> IndexAsync(RootFileSystem root, IProgress<IndexProgress>? progress, CancellationToken cancellation) =>
        Task.Factory.StartNew(() => Index(root, progress, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private ComponentInventory Index(RootFileSystem root, IProgress<IndexProgress>? progress, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        var builder = new LayerIndexBuilder(_catalog, _options.Limits, cancellation);
        var walk = new RootWalk(
            root.Directory,
            MountTable.OfThisMachine(),
            builder,
            seen => progress?.Report(new IndexProgress(null, 1, 1, seen, null, LayerState.Reading)),
            cancellation);
        walk.Run();
        var merged = ImageComponents.Of([new LayerContent(null, builder.Build(0))]);
        return new ComponentInventory
        {
            OsRelease = merged.OsRelease,
            Components = merged.Components,
            Unknowns = merged.Unknowns,
            Cost = new InventoryCost(0, 1, 0, Elapsed(started)),
        };
    }

    private void Keep(Digest digest, Platform platform, ComponentInventory inventory, ImageManifest manifest) =>
        _store?.PutInventory(digest, platform, _catalog.Version, inventory, [.. manifest.Layers.Select(l => l.Digest)]);

    private long Elapsed(long started) => (long)_time.GetElapsedTime(started).TotalMilliseconds;
}
