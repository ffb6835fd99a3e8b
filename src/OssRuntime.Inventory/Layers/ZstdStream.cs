using System.Buffers;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace OssRuntime.Inventory.Layers;

/// <summary>Inflates zstd frames out of the blob's own buffer; the library's stream would copy them into another one first.</summary>
internal sealed class ZstdStream : ReadOnlyStream
{
    /// <summary>The value of <c>ZSTD_d_forceIgnoreChecksum</c>, which is experimentalParam3 in zstd.h.</summary>
    private const int IgnoreChecksum = 1;

    private readonly BlobReader _blob;
    private readonly Decompressor _decompressor = new();
    private bool _isBetweenFrames = true;

    /// <summary>Inflates what is left of a blob, which is not disposed with the stream.</summary>
    public ZstdStream(BlobReader blob)
    {
        _blob = blob;

        // The frames' own checksums cost a twelfth of the work and show less than the blob's digest, which is verified.
        _decompressor.SetParameter(ZSTD_dParameter.ZSTD_d_experimentalParam3, IgnoreChecksum);
    }

    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            // Without more bytes to come the decompressor may still have some to give.
            var source = _blob.Buffered();
            var status = _decompressor.UnwrapStream(source, buffer, out var consumed, out var written);
            if (status == OperationStatus.InvalidData)
            {
                throw new InvalidDataException("its zstd frames are damaged");
            }

            _blob.Advance(consumed);
            if (consumed > 0 || written > 0)
            {
                _isBetweenFrames = status == OperationStatus.Done;
            }

            if (written > 0)
            {
                return written;
            }

            if (source.IsEmpty)
            {
                return _isBetweenFrames ? 0 : throw new EndOfStreamException("it ends inside a zstd frame");
            }
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decompressor.Dispose();
        }

        base.Dispose(disposing);
    }
}
