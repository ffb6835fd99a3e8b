using System.Buffers;
using System.IO.Compression;

namespace OssRuntime.Inventory.Layers;

/// <summary>Inflates gzip members in pieces of 64 KiB.</summary>
internal sealed class InflatedBlob(BlobReader blob) : LookaheadStream
{
    private const int BufferSize = 64 << 10;

    // The blob outlives it: it is still to be verified.
    private readonly GZipStream _inflater = new(blob, CompressionMode.Decompress, leaveOpen: true);
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _start;
    private int _end;

    public override ReadOnlySpan<byte> Buffered()
    {
        if (_start == _end)
        {
            _start = 0;
            _end = _inflater.Read(_buffer, 0, BufferSize);
        }

        return _buffer.AsSpan(_start, _end - _start);
    }

    public override void Advance(int count) => _start += count;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflater.Dispose();
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        base.Dispose(disposing);
    }
}
