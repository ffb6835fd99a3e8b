using System.Buffers;

namespace OssRuntime.Inventory.Extractors.Contents;

/// <summary>Bytes in a buffer of the pool.</summary>
internal sealed class MemoryContent(byte[] buffer, int length, bool isRented) : RandomContent
{
    private byte[]? _buffer = buffer;

    public override long Length => length;

    public override int Read(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset >= length || _buffer is null)
        {
            return 0;
        }

        var count = (int)Math.Min(buffer.Length, length - offset);
        _buffer.AsSpan((int)offset, count).CopyTo(buffer);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (isRented && Interlocked.Exchange(ref _buffer, null) is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        base.Dispose(disposing);
    }
}
