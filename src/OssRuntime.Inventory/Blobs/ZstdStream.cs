using System.Buffers.Binary;
using OssRuntime.Inventory.Contents;
using ZstdSharp.Unsafe;

namespace OssRuntime.Inventory.Blobs;

/// <summary>
/// Inflates zstd frames block by block (RFC 8878) into a ring as long as the frame's window, and shows the blocks where they lie. The library's own
/// stream copies each byte out of such a ring, which is a twentieth of the work.
/// </summary>
internal sealed unsafe class ZstdStream : LookaheadStream
{
    /// <summary>The value of <c>ZSTD_d_forceIgnoreChecksum</c>, which is experimentalParam3 in zstd.h.</summary>
    private const int IgnoreChecksum = 1;

    private const int LongestFrameHeader = 18;
    private const int SkippableHeader = 8;
    private const int LargestBlock = 128 << 10;

    /// <summary>What zstd grants where nobody asks for more. It takes memory only as bytes come.</summary>
    private const ulong LargestWindow = 128 << 20;

    private readonly BlobReader _blob;
    private readonly NativeBuffer _gathered = new(LargestBlock);
    private ZSTD_DCtx_s* _context = Methods.ZSTD_createDCtx();
    private NativeBuffer _ring = new(0);
    private int _largestBlock;
    private bool _wraps;
    private bool _isInFrame;

    // The block that is shown, as places in the ring.
    private int _start;
    private int _end;

    /// <summary>Inflates what is left of a blob, which is not disposed with the stream.</summary>
    public ZstdStream(BlobReader blob)
    {
        _blob = blob;

        // The frames' own checksums cost a twelfth of the work and show less than the blob's digest, which is verified.
        Methods.ZSTD_DCtx_setParameter(_context, ZSTD_dParameter.ZSTD_d_experimentalParam3, IgnoreChecksum);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A frame is damaged, or wants a larger window than is granted.</exception>
    /// <exception cref="EndOfStreamException">The blob ends inside a frame.</exception>
    public override ReadOnlySpan<byte> Buffered()
    {
        while (_start == _end && (_isInFrame || TryBeginFrame()))
        {
            if (_isInFrame)
            {
                Decode();
            }
        }

        return _ring.Bytes[_start.._end];
    }

    public override void Advance(int count) => _start += count;

    protected override void Dispose(bool disposing)
    {
        if (disposing && _context is not null)
        {
            _gathered.Dispose();
            Methods.ZSTD_freeDCtx(_context);
            _context = null;
            _ring.Dispose();
        }

        base.Dispose(disposing);
    }

    private static nuint Sound(nuint result) => Methods.ZSTD_isError(result) ? throw Damaged() : result;

    private static InvalidDataException Damaged() => new("its zstd frames are damaged");

    private static EndOfStreamException Ended() => new("it ends inside a zstd frame");

    /// <summary>Begins the next frame, or goes over one that says it may be gone over; false at the end.</summary>
    private bool TryBeginFrame()
    {
        var head = _blob.Peek(LongestFrameHeader);
        if (head.IsEmpty)
        {
            return false;
        }

        ZSTD_frameHeader header;
        fixed (byte* start = head)
        {
            if (Sound(Methods.ZSTD_getFrameHeader(&header, start, (nuint)head.Length)) != 0)
            {
                throw Ended();
            }
        }

        if (header.frameType == ZSTD_frameType_e.ZSTD_skippableFrame)
        {
            long length = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
            _blob.Advance(SkippableHeader);
            return _blob.Skip(length) == length ? true : throw Ended();
        }

        if (header.windowSize > LargestWindow)
        {
            throw new InvalidDataException($"a zstd frame wants a window of {header.windowSize} bytes, more than the {LargestWindow} that are granted");
        }

        // What is in the ring is of no use to the next frame.
        var size = (int)Sound(Methods.ZSTD_decodingBufferSize_min(header.windowSize, header.frameContentSize));
        _start = _end = 0;
        if (size > _ring.Bytes.Length)
        {
            _ring.Dispose();
            _ring = new NativeBuffer(size);
        }

        // A frame that fits is never written over itself; one that says so and does not is refused by the library.
        _wraps = (ulong)_ring.Bytes.Length < header.frameContentSize;
        _largestBlock = (int)header.blockSizeMax;
        Sound(Methods.ZSTD_decompressBegin(_context));
        _isInFrame = true;
        return true;
    }

    /// <summary>Hands the library exactly what it asks for next: a part of a header, a block, or a checksum.</summary>
    private void Decode()
    {
        if (_wraps && _end + _largestBlock > _ring.Bytes.Length)
        {
            _end = 0;
        }

        _start = _end;
        var room = _ring.Bytes[_start..];
        var source = Next((int)Methods.ZSTD_nextSrcSizeToDecompress(_context));
        fixed (byte* to = room, from = source)
        {
            _end += (int)Sound(Methods.ZSTD_decompressContinue(_context, to, (nuint)room.Length, from, (nuint)source.Length));
        }

        _isInFrame = Methods.ZSTD_nextSrcSizeToDecompress(_context) != 0;
    }

    private ReadOnlySpan<byte> Next(int count)
    {
        if (count > LargestBlock)
        {
            throw Damaged();
        }

        var bytes = _blob.Buffered();
        if (bytes.Length >= count)
        {
            _blob.Advance(count);
            return bytes[..count];
        }

        for (var length = 0; length < count;)
        {
            var read = _blob.Read(_gathered.Bytes[length..count]);
            length += read > 0 ? read : throw Ended();
        }

        return _gathered.Bytes[..count];
    }
}
