using OssRuntime.Inventory.BaseImages;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Layers;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Inventory.Merging;
using OssRuntime.Inventory.RootFileSystems;
using OssRuntime.Inventory.Store;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory;

/// <summary>
/// From an image to its components.
/// <code>
///        (1) known? ─────────────────────────────────────────────────► inventory
///             │ no
///  source ─► (2) manifest ─► (3) SBOM beside it? ─────────────────────────────┐
///                  │                                                          │
///                  └► (4) layers ─┬─ known ──► (5) store ──┐                  │   each layer once, however many images share it
///                                 └─ unknown ► (6) read ───┤                  │
///                                                          ▼                  ▼
///                     (9) inventory ◄── (7) merge: whiteouts, names, owners ─► (8) declared against observed
/// </code>
/// <list type="number">
/// <item>An image whose digest and platform were inventoried by the same readers is not looked at again.</item>
/// <item>The manifest for the platform is found by way of the index.</item>
/// <item>An SBOM is looked for where the options want one; alone it counts only where they say so, or where the layers are gone.</item>
/// <item>Each layer is asked for by its digest.</item>
/// <item>What the store knows costs nothing.</item>
/// <item>What it does not know is streamed once through all extractors, a few layers at a time; a layer that another image is just
/// reading is waited for.</item>
/// <item>The layers are laid over one another.</item>
/// <item>The SBOM is held against what the layers show: it may add to it and never take away.</item>
/// <item>The inventory is kept and returned.</item>
/// </list>
/// </summary>
public sealed class ImageIndexer
{
    private readonly InventoryOptions _options;
    private readonly IInventoryStore? _store;
    private readonly TimeProvider _time;
    private readonly ExtractorCatalog _catalog;
    private readonly LayerSingleFlight _flights = new();

    /// <summary>Makes an indexer with all extractors.</summary>
    /// <param name="options">How images are read.</param>
    /// <param name="store">Where what was read is kept; null to keep nothing.</param>
    /// <param name="time">The clock that costs are measured with.</param>
    public ImageIndexer(InventoryOptions options, IInventoryStore? store, TimeProvider time)
        : this(options, store, time, options.JavaIndex is { } index ? ExtractorCatalog.With(index) : ExtractorCatalog.Default)
    {
    }

    internal ImageIndexer(InventoryOptions options, IInventoryStore? store, TimeProvider time, ExtractorCatalog catalog)
    {
        _options = options;
        _store = store;
        _time = time;
        _catalog = catalog;
        var bases = options.BaseImages.Version.Length > 0 ? $";bases={options.BaseImages.Version}" : "";
        CatalogVersion = options.Mode == InventoryMode.Layers ? $"{catalog.Version}{bases}" : $"{catalog.Version}{bases};{options.Mode};{options.Sboms.Version}";
    }

    /// <summary>The version of all readers: what was kept under another one is read anew.</summary>
    public string CatalogVersion { get; }

    /// <summary>The version of all readers and of their limits: what failed under another one may be read by these.</summary>
    public string ReadersVersion => $"{CatalogVersion};{_options.Limits}";

    /// <summary>The inventory of an image.</summary>
    /// <param name="image">Where it is.</param>
    /// <param name="platform">Which of its platforms.</param>
    /// <param name="progress">Is told what happens to each layer.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InventoryException">There is none, for the reason it carries.</exception>
    public async Task<ComponentInventory> IndexAsync(
        IImageSource image, Platform platform, IProgress<IndexProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            return await IndexOnceAsync(image, platform, progress, cancellation);
        }
        catch (OutOfMemoryException error)
        {
            // What was taken for the image is free again; reading it once more may take it again.
            throw new InventoryException(FailureReason.OutOfMemory, "reading the image took more memory than the process may have", error);
        }
    }

    private async Task<ComponentInventory> IndexOnceAsync(
        IImageSource image, Platform platform, IProgress<IndexProgress>? progress, CancellationToken cancellation)
    {
        // :: Step 1: known?
        if (image.KnownDigest is { } digest && _store?.GetInventory(digest, platform, CatalogVersion) is { } known)
        {
            return known;
        }

        // :: Step 2: manifest
        var started = _time.GetTimestamp();
        var manifest = await image.ResolveAsync(platform, cancellation);
        if (_store?.GetInventory(manifest.Digest, platform, CatalogVersion) is { } resolved)
        {
            KeepAsAsked(image, platform, resolved, manifest);
            return resolved;
        }

        // :: Step 3: SBOM
        var search = await SbomSearch.RunAsync(_options, image, manifest, cancellation);

        // :: Step 4-8: layers, and what the SBOM says of them
        var inventory = _options.Mode == InventoryMode.Sbom && search.HasUsable
            ? search.Alone(manifest)
            : await ReadAsync(image, manifest, search, progress, cancellation);
        var (steps, baseImage) = BaseImageFinder.Find(manifest, _options.BaseImages);
        inventory = inventory with { Layers = steps, Base = baseImage };
        inventory = inventory with { Cost = inventory.Cost with { Milliseconds = Elapsed(started) } };

        // :: Step 9: keep
        Keep(manifest.Digest, platform, inventory, manifest);
        KeepAsAsked(image, platform, inventory, manifest);
        return inventory;
    }

    /// <summary>Reads the layers; an image whose layers are gone or invalid is what its SBOM says, if that may be believed.</summary>
    private async Task<ComponentInventory> ReadAsync(
        IImageSource image, ImageManifest manifest, SbomSearch search, IProgress<IndexProgress>? progress, CancellationToken cancellation)
    {
        var reading = new ImageReading(image, manifest, _options, _catalog, _store, _flights, progress);
        IReadOnlyList<LayerContent> layers;
        try
        {
            layers = await reading.ReadAsync(cancellation);
        }
        catch (InventoryException e) when (
            search.HasUsable && e.Failure.Reason is (FailureReason.BlobUnknown or FailureReason.LayerCorrupt or FailureReason.LimitExceeded))
        {
            return search.Alone(manifest, e.Failure);
        }

        var merged = ImageComponents.Of(layers);
        var observed = new ComponentInventory
        {
            Digest = manifest.Digest,
            Platform = manifest.Platform,
            OsRelease = merged.OsRelease,
            Components = merged.Components,
            Unknowns = merged.Unknowns,
            Cost = new InventoryCost(reading.BytesRead, reading.LayersRead, reading.LayersKnown, 0),
        };
        return _options.Mode switch
        {
            InventoryMode.Layers => observed,
            InventoryMode.Auto => search.Combine(observed, merged.Declared),
            _ => search.Embedded(manifest, merged.Declared, merged.Unknowns) with { Cost = observed.Cost },
        };
    }

    /// <summary>The inventory of a root file system on disk. Nothing of it is kept.</summary>
    /// <exception cref="InventoryException">There is none, for the reason it carries.</exception>
    public Task<ComponentInventory> IndexAsync(RootFileSystem root, IProgress<IndexProgress>? progress, CancellationToken cancellation) =>
        Task.Factory.StartNew(() => Index(root, progress, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private ComponentInventory Index(RootFileSystem root, IProgress<IndexProgress>? progress, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        var meter = new ReadingMeter(new ImageBudget(_options.Limits));
        meter.Begin();
        var builder = new LayerIndexBuilder(_catalog, _options.Limits, meter, cancellation);
        new RootWalk(root.Directory, MountTable.OfThisMachine(), builder, new LayerProgress(null, 1, 1, null, progress), cancellation).Run();
        var merged = ImageComponents.Of([new LayerContent(null, builder.Build(0))]);
        var observed = new ComponentInventory
        {
            OsRelease = merged.OsRelease,
            Components = merged.Components,
            Unknowns = merged.Unknowns,
            Cost = new InventoryCost(0, 1, 0, Elapsed(started)),
        };
        return _options.Mode == InventoryMode.Layers ? observed : SbomSearch.OfFiles(_options).Combine(observed, merged.Declared);
    }

    /// <summary>Keeps the inventory of a manifest under the digest that it was asked for by, where that is another.</summary>
    private void KeepAsAsked(IImageSource image, Platform platform, ComponentInventory inventory, ImageManifest manifest)
    {
        if ((image.KnownDigest ?? manifest.Index) is { } asked && asked != manifest.Digest)
        {
            Keep(asked, platform, inventory, manifest);
        }
    }

    private void Keep(Digest digest, Platform platform, ComponentInventory inventory, ImageManifest manifest) =>
        _store?.PutInventory(digest, platform, CatalogVersion, inventory, [.. manifest.Layers.Select(l => l.Digest)]);

    private long Elapsed(long started) => (long)_time.GetElapsedTime(started).TotalMilliseconds;
}
