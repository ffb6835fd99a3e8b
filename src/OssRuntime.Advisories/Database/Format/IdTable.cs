using System.Buffers.Binary;
using System.Text;

namespace OssRuntime.Advisories.Database.Format;

/// <summary>
/// All ids in the order of their bytes, each with the flaw it names. Neighbours begin alike (<c>CVE-2024-1…</c>), so an id is written as what
/// it shares with the one before it and the rest; every sixteenth stands in full.
/// </summary>
internal readonly ref struct IdTable
{
    /// <summary>The flaw of an id that names none: that of an erratum, say, which speaks of the flaws it fixes.</summary>
    public const uint NoFlaw = uint.MaxValue;

    private const int Block = 16;
    private const int Longest = 512;

    private readonly ReadOnlySpan<byte> _flaws;
    private readonly ReadOnlySpan<byte> _blocks;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _count;

    public IdTable(ReadOnlySpan<byte> section)
    {
        var reader = new ByteReader(section);
        var count = reader.UInt32();
        if (count > section.Length / 4)
        {
            throw ByteReader.Damaged();
        }

        _count = (int)count;
        _flaws = reader.Bytes(count * 4);
        _blocks = reader.Bytes((count + Block - 1) / Block * 4);
        _bytes = reader.Bytes((uint)reader.Remaining);
    }

    /// <summary>The flaw that an id names, or <see cref="NoFlaw"/>.</summary>
    public uint Flaw(uint id) =>
        id < (uint)_count ? BinaryPrimitives.ReadUInt32LittleEndian(_flaws[((int)id * 4)..]) : throw ByteReader.Damaged();

    /// <summary>An id.</summary>
    public string Text(uint id)
    {
        Span<byte> buffer = stackalloc byte[Longest];
        return Encoding.UTF8.GetString(Read(id, buffer));
    }

    /// <summary>The number of an id, or -1 where it is not known.</summary>
    public int Find(ReadOnlySpan<byte> wanted)
    {
        var (low, high) = (0, (_blocks.Length / 4) - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = Open(middle).Text().SequenceCompareTo(wanted) <= 0 ? (middle, high) : (low, middle - 1);
        }

        Span<byte> buffer = stackalloc byte[Longest];
        for (var id = low * Block; id < Math.Min((low + 1) * Block, _count); id++)
        {
            if (Read((uint)id, buffer).SequenceEqual(wanted))
            {
                return id;
            }
        }

        return -1;
    }

    /// <summary>Writes a table of ids that are in order.</summary>
    public static ByteWriter Write(IReadOnlyCollection<ReadOnlyMemory<byte>> ids, IEnumerable<uint> flaws)
    {
        var section = new ByteWriter(8 + (ids.Count * 16));
        var bytes = new ByteWriter(ids.Count * 10);
        section.UInt32((uint)ids.Count);
        foreach (var flaw in flaws)
        {
            section.UInt32(flaw);
        }

        var number = 0;
        ReadOnlySpan<byte> before = default;
        foreach (var id in ids)
        {
            if (number++ % Block == 0)
            {
                section.UInt32((uint)bytes.Length);
                before = default;
            }
            else
            {
                bytes.Varint((uint)before.CommonPrefixLength(id.Span));
            }

            var rest = id.Span[before.CommonPrefixLength(id.Span)..];
            bytes.Varint((uint)rest.Length);
            bytes.Bytes(rest);
            before = id.Span;
        }

        section.Bytes(bytes.Written);
        return section;
    }

    private ByteReader Open(int block)
    {
        var offset = BinaryPrimitives.ReadUInt32LittleEndian(_blocks[(block * 4)..]);
        return offset <= (uint)_bytes.Length ? new ByteReader(_bytes[(int)offset..]) : throw ByteReader.Damaged();
    }

    private Span<byte> Read(uint id, Span<byte> buffer)
    {
        if (id >= (uint)_count)
        {
            throw ByteReader.Damaged();
        }

        var reader = Open((int)id / Block);
        var length = 0;
        for (var i = 0; i <= (int)id % Block; i++)
        {
            var shared = i == 0 ? 0 : reader.Varint();
            var rest = reader.Text();
            if (shared > length || shared + rest.Length > buffer.Length)
            {
                throw ByteReader.Damaged();
            }

            rest.CopyTo(buffer[(int)shared..]);
            length = (int)shared + rest.Length;
        }

        return buffer[..length];
    }
}
