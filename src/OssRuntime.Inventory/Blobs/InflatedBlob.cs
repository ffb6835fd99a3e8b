using System.IO.Compression;
using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Blobs;

/// <summary>Inflates gzip members in pieces of 64 KiB.</summary>
internal sealed class InflatedBlob(BlobReader blob) : LookaheadStream
{
    private const int BufferSize = 64 << 10;

    // The blob outlives it: it is still to be verified.
    private readonly GZipStream _inflater = new(blob, CompressionMode.Decompress, leaveOpen: true);
    private readonly NativeBuffer _buffer = new(BufferSize);
    private int _start;
    private int _end;

    public override ReadOnlySpan<byte> Buffered()
    {
        if (_start == _end)
        {
            _start = 0;
            _end = _inflater.Read(_buffer.Bytes);
        }

        return _buffer.Bytes[_start.._end];
    }

    public override void Advance(int count) => _start += count;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _inflater.Dispose();
            _buffer.Dispose();
        }

        base.Dispose(disposing);
    }
}
