using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;

namespace OssRuntime.Advisories.Database.Format;

/// <summary>The header and the section table of a database file: its first <see cref="DatabaseFormat.Preamble"/> bytes.</summary>
internal sealed record Preamble(ushort Major, ushort Minor, long FileLength, ImmutableArray<Section> Sections)
{
    private const int NameLength = 8;

    /// <summary>
    /// The name of the generation: a hash over the versions and the table, which holds a hash of each section. Same content, same name.
    /// </summary>
    public string Generation
    {
        get
        {
            var bytes = Write();
            return Convert.ToHexStringLower(XxHash128.Hash(bytes));
        }
    }

    /// <summary>The bytes.</summary>
    public byte[] Write()
    {
        var bytes = new byte[DatabaseFormat.Preamble];
        DatabaseFormat.Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(8), Major);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(10), Minor);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(12), (uint)Sections.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), FileLength);
        for (var i = 0; i < Sections.Length; i++)
        {
            var entry = bytes.AsSpan(DatabaseFormat.Header + (i * DatabaseFormat.TableEntry), DatabaseFormat.TableEntry);
            Encoding.ASCII.GetBytes(Sections[i].Name, entry[..NameLength]);
            BinaryPrimitives.WriteInt64LittleEndian(entry[8..], Sections[i].Offset);
            BinaryPrimitives.WriteInt64LittleEndian(entry[16..], Sections[i].Length);
            BinaryPrimitives.WriteUInt64LittleEndian(entry[24..], Sections[i].Checksum);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(24), Checksum(bytes));
        return bytes;
    }

    /// <summary>Reads and checks a preamble against the length of the file it is of.</summary>
    /// <exception cref="AdvisoryDatabaseException">It is none, of another major version, cut or altered.</exception>
    public static Preamble Read(ReadOnlySpan<byte> bytes, long fileLength)
    {
        if (bytes.Length < DatabaseFormat.Preamble || !bytes.StartsWith(DatabaseFormat.Magic))
        {
            throw new AdvisoryDatabaseException("the file is not an advisory database");
        }

        var major = BinaryPrimitives.ReadUInt16LittleEndian(bytes[8..]);
        var minor = BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]);
        if (major != DatabaseFormat.Major)
        {
            throw new AdvisoryDatabaseException(
                $"the advisory database has schema {major}.{minor}; this version reads {DatabaseFormat.Major}.x");
        }

        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]) != Checksum(bytes))
        {
            throw new AdvisoryDatabaseException("the advisory database is damaged: the checksum of its header is wrong");
        }

        var length = BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]);
        if (length != fileLength)
        {
            throw new AdvisoryDatabaseException($"the advisory database is cut: {fileLength} of {length} bytes");
        }

        return new Preamble(major, minor, length, ReadTable(bytes, length));
    }

    private static ImmutableArray<Section> ReadTable(ReadOnlySpan<byte> bytes, long fileLength)
    {
        var count = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        if (count > DatabaseFormat.MostSections)
        {
            throw ByteReader.Damaged();
        }

        var sections = ImmutableArray.CreateBuilder<Section>((int)count);
        for (var i = 0; i < count; i++)
        {
            var entry = bytes.Slice(DatabaseFormat.Header + (i * DatabaseFormat.TableEntry), DatabaseFormat.TableEntry);
            var section = new Section(
                Encoding.ASCII.GetString(entry[..NameLength]).TrimEnd('\0'),
                BinaryPrimitives.ReadInt64LittleEndian(entry[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(entry[16..]),
                BinaryPrimitives.ReadUInt64LittleEndian(entry[24..]));
            if (section.Offset < DatabaseFormat.Preamble || section.Length < 0 || section.Length > fileLength - section.Offset)
            {
                throw ByteReader.Damaged();
            }

            sections.Add(section);
        }

        return sections.ToImmutable();
    }

    /// <summary>Over everything but the checksum's own place.</summary>
    private static ulong Checksum(ReadOnlySpan<byte> bytes)
    {
        var hash = new XxHash3();
        hash.Append(bytes[..24]);
        hash.Append(bytes[DatabaseFormat.Header..DatabaseFormat.Preamble]);
        return hash.GetCurrentHashAsUInt64();
    }
}
