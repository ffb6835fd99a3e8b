using OssRuntime.Inventory.Blobs;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Tar;

namespace OssRuntime.Inventory.Layers;

/// <summary>
/// How a layer is compressed, told by its first bytes: media types are often wrong, and the bytes are what the runtime goes by too.
/// </summary>
internal static class LayerCompression
{
    /// <summary>The inflated bytes of a layer.</summary>
    public static LookaheadStream Open(BlobReader blob)
    {
        var head = blob.Peek(TarHeader.BlockSize);
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return new InflatedBlob(blob);
        }

        // A zstd frame, or a skippable frame before the first one (zstd:chunked, pzstd).
        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) || IsSkippableFrame(head))
        {
            return new ZstdStream(blob);
        }

        if (head.IsEmpty || (head.Length == TarHeader.BlockSize && (TarHeader.IsZero(head) || TarHeader.HasValidChecksum(head))))
        {
            return blob;
        }

        throw new InventoryException(FailureReason.LayerCorrupt, "a layer is neither gzip, zstd nor tar");
    }

    private static bool IsSkippableFrame(ReadOnlySpan<byte> head) =>
        head.Length > 4 && (head[0] & 0xF0) == 0x50 && head[1..4].SequenceEqual((ReadOnlySpan<byte>)[0x2A, 0x4D, 0x18]);
}
