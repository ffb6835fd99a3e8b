using OssRuntime.Model.Images;

namespace OssRuntime.Inventory;

/// <summary>Tells how far the reading of one layer is.</summary>
/// <param name="layer">The layer's digest; null for a root file system on disk.</param>
/// <param name="number">Its place in the image, from 1.</param>
/// <param name="layers">How many layers the image has.</param>
/// <param name="total">Bytes it has; null where nobody knows beforehand.</param>
/// <param name="listener">Who is told; null for nobody.</param>
internal sealed class LayerProgress(Digest? layer, int number, int layers, long? total, IProgress<IndexProgress>? listener) : IProgress<long>
{
    /// <summary>What was read so far; of a root file system the files looked at.</summary>
    public long Read { get; private set; }

    /// <summary>Takes how much was read.</summary>
    public void Report(long value)
    {
        Read = value;
        Tell(value, LayerState.Reading);
    }

    /// <summary>Tells that the layer is read or was known.</summary>
    public void Finish(long size, LayerState state) => Tell(size, state);

    private void Tell(long read, LayerState state) => listener?.Report(new IndexProgress(layer, number, layers, read, total, state));
}
