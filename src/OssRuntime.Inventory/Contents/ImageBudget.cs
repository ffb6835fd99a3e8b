namespace OssRuntime.Inventory.Contents;

/// <summary>The bytes that the layers of one image inflated to; they are read by several threads.</summary>
internal sealed class ImageBudget
{
    private long _bytes;

    /// <summary>Adds bytes and tells the sum.</summary>
    public long Take(int count) => Interlocked.Add(ref _bytes, count);
}
