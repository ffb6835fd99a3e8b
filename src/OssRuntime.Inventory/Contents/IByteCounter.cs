namespace OssRuntime.Inventory.Contents;

/// <summary>Knows how much of its source was read.</summary>
internal interface IByteCounter
{
    /// <summary>Bytes taken from the source so far.</summary>
    long BytesRead { get; }
}
