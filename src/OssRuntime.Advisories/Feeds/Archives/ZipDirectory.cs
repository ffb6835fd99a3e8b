using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace OssRuntime.Advisories.Feeds.Archives;

/// <summary>Where a zip archive's central directory lies and how many entries it has (APPNOTE 4.3.14 to 4.3.16).</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ZipDirectory(long Offset, long End, long Entries)
{
    private const int EndRecord = 22;
    private const int LongestComment = 65_535;
    private const int Locator64 = 20;
    private const int EndRecord64 = 56;

    /// <summary>Finds the directory by the record at the archive's end.</summary>
    /// <exception cref="FeedFileException">There is none, or it cannot be right.</exception>
    public static ZipDirectory Find(SafeFileHandle file, long length)
    {
        var tail = new byte[(int)Math.Min(length, EndRecord + LongestComment + Locator64)];
        var read = RandomAccess.Read(file, tail, length - tail.Length);
        for (var at = read - EndRecord; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at)) == 0x06054b50)
            {
                return Check(ReadEnd(file, tail, at), length);
            }
        }

        throw new FeedFileException("no zip archive, or one that is cut: its directory is missing");
    }

    /// <summary>Takes 64-bit sizes from an entry's extra field where the 32-bit ones say that they are there (APPNOTE 4.5.3).</summary>
    public static void ReadZip64(ReadOnlySpan<byte> extra, ref long length, ref long compressed, ref long offset)
    {
        while (extra.Length >= 4)
        {
            var size = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (extra.Length < 4 + size)
            {
                return;
            }

            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1)
            {
                var fields = extra.Slice(4, size);
                Take(ref fields, ref length);
                Take(ref fields, ref compressed);
                Take(ref fields, ref offset);
                return;
            }

            extra = extra[(4 + size)..];
        }
    }

    private static void Take(ref ReadOnlySpan<byte> fields, ref long value)
    {
        if (value == uint.MaxValue && fields.Length >= 8)
        {
            value = BinaryPrimitives.ReadInt64LittleEndian(fields);
            fields = fields[8..];
        }
    }

    private static ZipDirectory ReadEnd(SafeFileHandle file, byte[] tail, int at)
    {
        var end = tail.AsSpan(at);
        long entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        if (at >= Locator64 && BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at - Locator64)) == 0x07064b50)
        {
            Span<byte> record = stackalloc byte[EndRecord64];
            var where = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(at - Locator64 + 8));
            if (where < 0 || RandomAccess.Read(file, record, where) != EndRecord64 || BinaryPrimitives.ReadUInt32LittleEndian(record) != 0x06064b50)
            {
                throw new FeedFileException("the archive's zip64 directory is missing");
            }

            entries = BinaryPrimitives.ReadInt64LittleEndian(record[32..]);
            size = BinaryPrimitives.ReadInt64LittleEndian(record[40..]);
            offset = BinaryPrimitives.ReadInt64LittleEndian(record[48..]);
        }

        return new ZipDirectory(offset, offset + size, entries);
    }

    private static ZipDirectory Check(ZipDirectory directory, long length)
    {
        if (directory.Offset < 0 || directory.End < directory.Offset || directory.End > length)
        {
            throw new FeedFileException("the archive is cut or damaged: its directory lies outside of the file");
        }

        if (directory.Entries is < 0 or > FeedLimits.Entries)
        {
            throw new FeedFileException($"the archive has more than {FeedLimits.Entries} entries");
        }

        return directory;
    }
}
