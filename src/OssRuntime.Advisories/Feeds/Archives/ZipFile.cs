using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace OssRuntime.Advisories.Feeds.Archives;

/// <summary>
/// A zip archive read entry by entry, in the order of its central directory (APPNOTE.TXT 6.3, with zip64) or of the names. Of entries only the names are
/// held, and these only where they stand in another order. Every length is checked against the file and against <see cref="FeedLimits"/> before it is used.
/// </summary>
internal sealed class ZipFile : IDisposable
{
    private const int CentralHeader = 46;
    private const int LocalHeader = 30;
    private const uint CentralSignature = 0x02014b50;
    private const uint LocalSignature = 0x04034b50;
    private const int Chunk = 256 << 10;

    private readonly SafeFileHandle _file;
    private readonly long _length;

    private ZipFile(SafeFileHandle file, long length) => (_file, _length) = (file, length);

    /// <summary>Opens an archive.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static ZipFile Open(string path)
    {
        var file = File.OpenHandle(path);
        return new ZipFile(file, RandomAccess.GetLength(file));
    }

    /// <summary>All entries that are files.</summary>
    /// <exception cref="FeedFileException">The directory is missing, cut or inconsistent; entries up to there were given.</exception>
    public IEnumerable<ZipEntry> Entries()
    {
        var directory = ZipDirectory.Find(_file, _length);
        var budget = FeedLimits.ExpansionFloor + (FeedLimits.ExpansionPerByte * _length);
        var buffer = new byte[Chunk];
        var position = directory.Offset;
        var (start, end) = (0, 0);
        for (long i = 0; i < directory.Entries; i++)
        {
            if (end - start < CentralHeader + (3 * ushort.MaxValue) && position < directory.End)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                (start, end) = (0, end - start);
                var wanted = (int)Math.Min(buffer.Length - end, directory.End - position);
                var read = RandomAccess.Read(_file, buffer.AsSpan(end, wanted), position);
                position += read;
                end += read;
            }

            start += ReadCentral(buffer.AsSpan(start, end - start), out var entry);
            budget -= entry.Length > FeedLimits.Document ? 0 : entry.Length; // what is too large is not unpacked at all
            if (budget < 0)
            {
                throw new FeedFileException("the archive unpacks to more than its size allows");
            }

            if (!entry.Name.EndsWith('/'))
            {
                yield return entry;
            }
        }
    }

    /// <summary>The same in the order of their names, and of their content where names are the same: whoever packed them, and in whatever order.</summary>
    /// <exception cref="FeedFileException">The directory is missing, cut or inconsistent; entries up to there were given.</exception>
    public IEnumerable<ZipEntry> EntriesByName()
    {
        var order = new ZipOrder();
        FeedFileException? cut = null;
        try
        {
            foreach (var entry in Entries())
            {
                order.Add(entry);
            }
        }
        catch (FeedFileException exception)
        {
            cut = exception;
        }

        foreach (var entry in order.Sorted())
        {
            yield return entry;
        }

        if (cut is not null)
        {
            throw cut;
        }
    }

    /// <summary>The entry's bytes, unpacked into a rented array of which the first <paramref name="length"/> count.</summary>
    /// <exception cref="FeedRecordException">The entry is too large, of an unknown kind, or not what the directory says.</exception>
    public byte[] Read(in ZipEntry entry, out int length)
    {
        if (entry.Length > FeedLimits.Document || entry.Compressed > FeedLimits.Document)
        {
            throw new FeedRecordException($"the document is larger than {FeedLimits.Document >> 20} MiB");
        }

        if (entry.Method is not (0 or 8) || (entry.Flags & 1) != 0)
        {
            throw new FeedRecordException("the archive entry is encrypted or packed by an unknown method");
        }

        var packed = ReadPacked(entry);
        try
        {
            length = (int)entry.Length;
            var data = ArrayPool<byte>.Shared.Rent(Math.Max(length, 1));
            if (!Unpack(entry, packed, data.AsSpan(0, length)) || Crc32.HashToUInt32(data.AsSpan(0, length)) != entry.Crc32)
            {
                ArrayPool<byte>.Shared.Return(data);
                throw new FeedRecordException("the archive entry is damaged");
            }

            return data;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private byte[] ReadPacked(in ZipEntry entry)
    {
        Span<byte> header = stackalloc byte[LocalHeader];
        if (RandomAccess.Read(_file, header, entry.Offset) != LocalHeader
            || BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalSignature)
        {
            throw new FeedRecordException("the archive entry is not where the directory says");
        }

        var start = entry.Offset + LocalHeader
            + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        var packed = ArrayPool<byte>.Shared.Rent(Math.Max((int)entry.Compressed, 1));
        var read = 0;
        while (read < entry.Compressed)
        {
            var count = RandomAccess.Read(_file, packed.AsSpan(read, (int)entry.Compressed - read), start + read);
            if (count == 0)
            {
                ArrayPool<byte>.Shared.Return(packed);
                throw new FeedRecordException("the archive ends within the entry");
            }

            read += count;
        }

        return packed;
    }

    private static bool Unpack(in ZipEntry entry, byte[] packed, Span<byte> data)
    {
        if (entry.Method == 0)
        {
            var whole = entry.Compressed == entry.Length;
            packed.AsSpan(0, whole ? data.Length : 0).CopyTo(data);
            return whole;
        }

        try
        {
            using var inflater = new DeflateStream(new MemoryStream(packed, 0, (int)entry.Compressed), CompressionMode.Decompress);
            Span<byte> beyond = stackalloc byte[1];
            return inflater.ReadAtLeast(data, data.Length, throwOnEndOfStream: false) == data.Length && inflater.Read(beyond) == 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private int ReadCentral(ReadOnlySpan<byte> header, out ZipEntry entry)
    {
        if (header.Length < CentralHeader || BinaryPrimitives.ReadUInt32LittleEndian(header) != CentralSignature)
        {
            throw new FeedFileException("the archive's directory is cut or damaged");
        }

        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(header[30..]);
        var total = CentralHeader + nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(header[32..]);
        if (header.Length < total)
        {
            throw new FeedFileException("the archive's directory is cut or damaged");
        }

        long compressed = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(header[42..]);
        ZipDirectory.ReadZip64(header.Slice(CentralHeader + nameLength, extraLength), ref length, ref compressed, ref offset);
        if (length < 0 || compressed < 0 || offset < 0 || offset > _length || compressed > _length)
        {
            throw new FeedFileException("the archive's directory points outside of the file");
        }

        entry = new ZipEntry(
            Encoding.UTF8.GetString(header.Slice(CentralHeader, nameLength)),
            BinaryPrimitives.ReadUInt16LittleEndian(header[10..]),
            BinaryPrimitives.ReadUInt16LittleEndian(header[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(header[16..]),
            compressed,
            length,
            offset);
        return total;
    }
}
