using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.Zip;

/// <summary>
/// Reads a zip archive by its central directory (PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.14–4.3.16), zip64 included, and with
/// something before the archive, as executable jars have. Only entries that are asked for cost memory.
/// </summary>
internal sealed class ZipDirectory
{
    private const uint EndSignature = 0x06054B50;
    private const uint End64Signature = 0x06064B50;
    private const uint Locator64Signature = 0x07064B50;
    private const uint EntrySignature = 0x02014B50;
    private const uint LocalSignature = 0x04034B50;
    private const int EndSize = 22;
    private const int EntrySize = 46;
    private const int LocalSize = 30;
    private const int LongestComment = 0xFFFF;
    private const int LargestDirectory = 64 << 20;

    /// <summary>Entries that are asked for cost memory, at each depth of archives in archives.</summary>
    private const int MostEntries = 200_000;

    private readonly RandomContent _content;
    private readonly ReadingMeter _meter;
    private readonly long _directory;
    private readonly long _directorySize;
    private readonly long _base;

    /// <summary>Finds the central directory.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    /// <param name="content">The archive.</param>
    /// <param name="meter">What may be read of it.</param>
    public ZipDirectory(RandomContent content, ReadingMeter meter)
    {
        _content = content;
        _meter = meter;
        var end = FindEnd();
        Span<byte> record = stackalloc byte[EndSize];
        Require(content.TryReadExactly(end, record), "its end record");
        long size = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        if (size == uint.MaxValue || offset == uint.MaxValue || BinaryPrimitives.ReadUInt16LittleEndian(record[10..]) == ushort.MaxValue)
        {
            (end, size, offset) = Read64(end, size, offset);
        }

        Require(size >= 0 && offset >= 0 && size <= end && size <= LargestDirectory, "its directory");
        _directory = end - size;
        _directorySize = size;
        _base = Math.Max(0, _directory - offset);
    }

    /// <summary>The entries whose names the filter takes, in the directory's order.</summary>
    /// <exception cref="InvalidDataException">The directory breaks off, or more entries than <see cref="MostEntries"/> are asked for.</exception>
    public IReadOnlyList<ZipEntry> Find(ZipNameFilter filter)
    {
        _meter.TakeTime();
        using var buffer = new NativeBuffer((int)_directorySize);
        var directory = buffer.Bytes;
        Require(_content.TryReadExactly(_directory, directory), "its directory");
        var entries = new List<ZipEntry>();
        while (directory.Length >= EntrySize && BinaryPrimitives.ReadUInt32LittleEndian(directory) == EntrySignature)
        {
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[28..]);
            var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(directory[30..]);
            var total = EntrySize + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(directory[32..]);
            Require(total <= directory.Length, "an entry of its directory");
            var name = directory.Slice(EntrySize, nameLength);
            if (filter(name))
            {
                if (entries.Count == MostEntries)
                {
                    throw new InvalidDataException($"the zip archive has more than {MostEntries} entries of interest");
                }

                entries.Add(ReadEntry(directory[..EntrySize], name, directory.Slice(EntrySize + nameLength, extraLength)));
            }

            directory = directory[total..];
        }

        return entries;
    }

    /// <summary>The content of an entry. Its length is what inflates, whatever the directory states.</summary>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public Stream Open(ZipEntry entry)
    {
        var data = DataOf(entry);
        return new MeteredStream(entry.Method == 0 ? data : new DeflateStream(data, CompressionMode.Decompress), _meter);
    }

    /// <summary>An entry that is stored as it is, without a copy; null where it is compressed.</summary>
    public RandomContent? Slice(ZipEntry entry) =>
        entry.Method == 0 && !entry.IsEncrypted ? new SliceContent(_content, DataOffset(entry), entry.CompressedSize) : null;

    private static void Require(bool condition, string part)
    {
        if (!condition)
        {
            throw new InvalidDataException($"the zip archive is damaged: {part} cannot be right");
        }
    }

    private static ZipEntry ReadEntry(ReadOnlySpan<byte> entry, ReadOnlySpan<byte> name, ReadOnlySpan<byte> extra)
    {
        long compressed = BinaryPrimitives.ReadUInt32LittleEndian(entry[20..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(entry[24..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(entry[42..]);
        while (extra.Length >= 4)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]);
            if (length > extra.Length - 4)
            {
                break;
            }

            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1)
            {
                var values = extra.Slice(4, length);
                size = Take64(size, ref values);
                compressed = Take64(compressed, ref values);
                offset = Take64(offset, ref values);
            }

            extra = extra[(4 + length)..];
        }

        return new ZipEntry(
            Encoding.UTF8.GetString(name),
            BinaryPrimitives.ReadUInt16LittleEndian(entry[10..]),
            (BinaryPrimitives.ReadUInt16LittleEndian(entry[8..]) & 1) != 0,
            compressed,
            size,
            offset);
    }

    private static long Take64(long value, ref ReadOnlySpan<byte> values)
    {
        if (value != uint.MaxValue || values.Length < 8)
        {
            return value;
        }

        value = BinaryPrimitives.ReadInt64LittleEndian(values);
        values = values[8..];
        return value;
    }

    private RandomContentStream DataOf(ZipEntry entry)
    {
        Require(!entry.IsEncrypted && entry.Method is 0 or 8, $"'{entry.Name}', encrypted or compressed in an unknown way,");
        return new RandomContentStream(_content, DataOffset(entry), entry.CompressedSize);
    }

    private long DataOffset(ZipEntry entry)
    {
        Span<byte> header = stackalloc byte[LocalSize];
        var offset = _base + entry.HeaderOffset;
        Require(
            entry.HeaderOffset >= 0 && _content.TryReadExactly(offset, header) && BinaryPrimitives.ReadUInt32LittleEndian(header) == LocalSignature,
            $"the place of '{entry.Name}'");
        var start = offset + LocalSize + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        Require(entry.CompressedSize >= 0 && entry.CompressedSize <= _content.Length - start, $"the size of '{entry.Name}'");
        return start;
    }

    /// <summary>The last end record: a comment may follow it, and may contain what looks like one.</summary>
    private long FindEnd()
    {
        var length = (int)Math.Min(_content.Length, EndSize + LongestComment);
        using var buffer = new NativeBuffer(length);
        var tail = buffer.Bytes;
        var start = _content.Length - length;
        Require(_content.TryReadExactly(start, tail), "its end");
        for (var i = length - EndSize; i >= 0; i--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail[i..]) == EndSignature
                && i + EndSize + BinaryPrimitives.ReadUInt16LittleEndian(tail[(i + 20)..]) <= length)
            {
                return start + i;
            }
        }

        throw new InvalidDataException("it is not a zip archive: it has no end record");
    }

    private (long End, long Size, long Offset) Read64(long end, long size, long offset)
    {
        Span<byte> locator = stackalloc byte[20];
        if (!_content.TryReadExactly(end - locator.Length, locator) || BinaryPrimitives.ReadUInt32LittleEndian(locator) != Locator64Signature)
        {
            return (end, size, offset);
        }

        Span<byte> record = stackalloc byte[56];
        var place = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);

        // With something before the archive the place is off; then the record stands right before its locator.
        if (!IsEnd64(place, record))
        {
            place = end - locator.Length - record.Length;
            Require(IsEnd64(place, record), "its zip64 end record");
        }

        return (place, BinaryPrimitives.ReadInt64LittleEndian(record[40..]), BinaryPrimitives.ReadInt64LittleEndian(record[48..]));
    }

    private bool IsEnd64(long place, Span<byte> record) =>
        place >= 0 && _content.TryReadExactly(place, record) && BinaryPrimitives.ReadUInt32LittleEndian(record) == End64Signature;
}
