using OssRuntime.Inventory.Failures;

namespace OssRuntime.Inventory.Contents;

/// <summary>What one layer has used up of the limits, together with the image it belongs to.</summary>
/// <param name="limits">The limits.</param>
/// <param name="compressed">The blob that inflates.</param>
/// <param name="meter">What the image's other limits leave.</param>
internal sealed class ContentBudget(ContentLimits limits, IByteCounter compressed, ReadingMeter meter)
{
    private long _inflated;
    private int _entries;

    public int PathLength => limits.PathLength;

    public long Inflated => _inflated;

    /// <summary>Takes inflated bytes out of the budget.</summary>
    /// <exception cref="InventoryException">A limit is exceeded.</exception>
    public void TakeBytes(int count)
    {
        _inflated += count;
        if (_inflated > limits.LayerBytes)
        {
            throw Exceeded($"a layer inflates to more than {limits.LayerBytes} bytes");
        }

        if (_inflated > limits.RatioFloor && _inflated / limits.Ratio > compressed.BytesRead)
        {
            throw Exceeded($"a layer inflates to more than {limits.Ratio} times its size");
        }

        meter.TakeBytes(count);
    }

    /// <summary>Takes one entry out of the budget.</summary>
    /// <exception cref="InventoryException">The layer has too many.</exception>
    public void TakeEntry()
    {
        if (++_entries > limits.LayerEntries)
        {
            throw Exceeded($"a layer has more than {limits.LayerEntries} entries");
        }
    }

    private static InventoryException Exceeded(string message) => new(FailureReason.LimitExceeded, message);
}
