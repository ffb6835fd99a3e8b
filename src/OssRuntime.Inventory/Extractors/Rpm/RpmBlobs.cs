using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.Rpm;

/// <summary>
/// Takes the headers that a database holds, one after the other, in one buffer. In a sound database no two of them share a byte, so all of them
/// together are no longer than the file: that bounds the work of reading one that is not.
/// </summary>
internal sealed class RpmBlobs(RandomContent database, ExtractionContext context) : IDisposable
{
    /// <summary>The largest headers of practice, of packages with a hundred thousand files, have a quarter of it.</summary>
    private const int LargestHeader = 64 << 20;

    private readonly RpmFiles _files = new(context);
    private readonly NativeBuffer _buffer = new(64 << 10);
    private long _budget = database.Length;

    /// <summary>Room for a header; empty, with an unknown, where it may not have that length.</summary>
    public Span<byte> Reserve(long length)
    {
        context.Cancellation.ThrowIfCancellationRequested();
        if (length is < 0 or > LargestHeader || length > _budget)
        {
            context.AddUnknown($"the header of a package has an impossible length of {length} bytes");
            return [];
        }

        _budget -= length;
        if (_buffer.Bytes.Length < length)
        {
            _buffer.Grow((int)length);
        }

        return _buffer.Bytes[..(int)length];
    }

    /// <summary>Takes the header that was written to the room.</summary>
    public void Take(ReadOnlySpan<byte> header) => RpmPackage.Report(header, _files, context);

    /// <summary>Takes what could not be read of the database.</summary>
    public void Problem(string reason) => context.AddUnknown(reason);

    public void Dispose() => _buffer.Dispose();
}
