using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Layers;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Inventory.Merging;
using OssRuntime.Inventory.Store;

namespace OssRuntime.Inventory;

/// <summary>The reading of one image's layers: what the store knows is taken from it, the rest is read, a few at a time.</summary>
internal sealed class ImageReading(
    IImageSource image,
    ImageManifest manifest,
    InventoryOptions options,
    ExtractorCatalog catalog,
    IInventoryStore? store,
    LayerSingleFlight flights,
    IProgress<IndexProgress>? progress)
{
    private readonly ImageBudget _budget = new(options.Limits);
    private long _bytesRead;
    private int _layersRead;
    private int _layersKnown;

    /// <summary>Compressed bytes that were read for this image.</summary>
    public long BytesRead => _bytesRead;

    /// <summary>Layers that were read for this image.</summary>
    public int LayersRead => _layersRead;

    /// <summary>Layers that were known, or were read for another image meanwhile.</summary>
    public int LayersKnown => _layersKnown;

    /// <summary>All layers, the lowest first.</summary>
    public async Task<IReadOnlyList<LayerContent>> ReadAsync(CancellationToken cancellation)
    {
        var size = manifest.Layers.Sum(layer => (decimal)Math.Max(0, layer.Size));
        if (size > options.Limits.ImageBytes)
        {
            throw new InventoryException(FailureReason.LimitExceeded, $"the layers of the image have {size} bytes, more than {options.Limits.ImageBytes}");
        }

        var contents = new LayerContent?[manifest.Layers.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.ParallelLayers, CancellationToken = cancellation };

        // The largest first: a large one that comes last would be read alone.
        var order = Enumerable.Range(0, contents.Length).OrderByDescending(i => manifest.Layers[i].Size);
        await Parallel.ForEachAsync(order, parallel, async (i, token) =>
        {
            var layer = manifest.Layers[i];
            contents[i] = new LayerContent(layer.Digest, await ReadAsync(layer, i, token));
        });
        return contents!;
    }

    private async Task<LayerIndex> ReadAsync(BlobDescriptor layer, int number, CancellationToken cancellation)
    {
        var isOurs = false;
        var index = await flights.JoinAsync(
            layer.Digest,
            async token =>
            {
                // Asked for inside the flight: who was just too late to wait for another reader finds its work here.
                if (LayerIndexCodec.Decode(store?.GetLayer(layer.Digest, catalog.Version)) is { } known)
                {
                    return known;
                }

                isOurs = true;
                return await ReadOnceAsync(layer, number, token);
            },
            cancellation);
        Interlocked.Increment(ref isOurs ? ref _layersRead : ref _layersKnown);
        if (!isOurs)
        {
            index.TakeFrom(_budget);
        }

        ProgressOf(layer, number).Finish(layer.Size, isOurs ? LayerState.Read : LayerState.Known);
        return index;
    }

    private async Task<LayerIndex> ReadOnceAsync(BlobDescriptor layer, int number, CancellationToken cancellation)
    {
        var reader = new LayerReader(layer.Digest, layer.Size, catalog, options.Limits, _budget, cancellation);
        var first = await image.OpenBlobAsync(layer, cancellation);
        var read = ProgressOf(layer, number);
        await OnItsOwnThreadAsync(() => reader.FirstPass(first, read), cancellation);
        Interlocked.Add(ref _bytesRead, read.Read);
        if (reader.NeedsSecondPass)
        {
            var second = await image.OpenBlobAsync(layer, cancellation);
            Interlocked.Add(ref _bytesRead, layer.Size);
            await OnItsOwnThreadAsync(() => reader.SecondPass(second), cancellation);
        }

        var index = reader.Finish();
        store?.PutLayer(layer.Digest, catalog.Version, LayerIndexCodec.Encode(index));
        return index;
    }

    /// <summary>Inflating keeps a thread busy for seconds: not one of the pool, which others wait for.</summary>
    private static Task OnItsOwnThreadAsync(Action read, CancellationToken cancellation) =>
        Task.Factory.StartNew(read, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private LayerProgress ProgressOf(BlobDescriptor layer, int number) =>
        new(layer.Digest, number + 1, manifest.Layers.Length, layer.Size < 0 ? null : layer.Size, progress);
}
