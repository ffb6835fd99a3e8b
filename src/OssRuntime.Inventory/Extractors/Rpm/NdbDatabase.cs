using System.Buffers.Binary;
using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.Rpm;

/// <summary>
/// <c>Packages.db</c> (rpm's lib/backend/ndb/rpmpkg.c): a header of 32 bytes, pages full of slots of sixteen that name each package's blob, blobs at
/// multiples of sixteen. All numbers are little endian.
/// </summary>
internal static class NdbDatabase
{
    private const int PageSize = 4096;
    private const int SlotSize = 16;
    private const int HeaderSize = 32;
    private const int BlockSize = 16;
    private const uint SlotMagic = 0x746F_6C53;
    private const uint BlobMagic = 0x5362_6C42;
    private const int MostPages = 4096;

    /// <summary>How such a file begins.</summary>
    public static ReadOnlySpan<byte> Magic => "RpmP"u8;

    public static void Read(RandomContent file, RpmBlobs blobs)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        file.TryReadExactly(0, header);
        var version = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        var pages = BinaryPrimitives.ReadUInt32LittleEndian(header[12..]);
        if (version != 0 || pages is 0 or > MostPages)
        {
            blobs.Problem(version != 0 ? $"it is of version {version} of the format" : $"it states {pages} pages of slots");
            return;
        }

        Span<byte> slot = stackalloc byte[SlotSize];
        for (long at = HeaderSize; at < pages * (long)PageSize; at += SlotSize)
        {
            if (!file.TryReadExactly(at, slot))
            {
                blobs.Problem("it ends inside its slots");
                return;
            }

            var package = BinaryPrimitives.ReadUInt32LittleEndian(slot[4..]);
            var offset = BinaryPrimitives.ReadUInt32LittleEndian(slot[8..]);
            if (BinaryPrimitives.ReadUInt32LittleEndian(slot) != SlotMagic)
            {
                blobs.Problem("one of its slots is invalid");
            }
            else if (package != 0 && offset != 0)
            {
                ReadBlob(file, offset * (long)BlockSize, package, blobs);
            }
        }
    }

    private static void ReadBlob(RandomContent file, long at, uint package, RpmBlobs blobs)
    {
        Span<byte> head = stackalloc byte[16];
        if (!file.TryReadExactly(at, head)
            || BinaryPrimitives.ReadUInt32LittleEndian(head) != BlobMagic
            || BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) != package)
        {
            blobs.Problem($"package {package} is not where its slot says");
            return;
        }

        var header = blobs.Reserve(BinaryPrimitives.ReadUInt32LittleEndian(head[12..]));
        if (header.IsEmpty)
        {
            return;
        }

        if (file.TryReadExactly(at + head.Length, header))
        {
            blobs.Take(header);
        }
        else
        {
            blobs.Problem($"it ends inside package {package}");
        }
    }
}
