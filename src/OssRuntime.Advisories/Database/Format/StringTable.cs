using System.Buffers.Binary;
using System.Text;

namespace OssRuntime.Advisories.Database.Format;

/// <summary>A section of strings by number: count, offsets, bytes.</summary>
internal readonly ref struct StringTable
{
    private readonly ReadOnlySpan<byte> _offsets;
    private readonly ReadOnlySpan<byte> _bytes;

    public StringTable(ReadOnlySpan<byte> section)
    {
        var reader = new ByteReader(section);
        Count = (int)Math.Min(reader.UInt32(), int.MaxValue / 4 - 1);
        _offsets = reader.Bytes((uint)(Count + 1) * 4);
        _bytes = reader.Bytes((uint)reader.Remaining);
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>A string's bytes.</summary>
    public ReadOnlySpan<byte> this[uint number]
    {
        get
        {
            if (number >= (uint)Count)
            {
                throw ByteReader.Damaged();
            }

            var from = BinaryPrimitives.ReadUInt32LittleEndian(_offsets[((int)number * 4)..]);
            var to = BinaryPrimitives.ReadUInt32LittleEndian(_offsets[(((int)number + 1) * 4)..]);
            return from <= to && to <= (uint)_bytes.Length ? _bytes[(int)from..(int)to] : throw ByteReader.Damaged();
        }
    }

    /// <summary>A string.</summary>
    public string Text(uint number) => Encoding.UTF8.GetString(this[number]);

    /// <summary>The number of a string in a table that is sorted by bytes, or -1.</summary>
    public int Find(ReadOnlySpan<byte> wanted)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = (int)(((uint)low + (uint)high) / 2);
            var order = this[(uint)middle].SequenceCompareTo(wanted);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <summary>Writes a table.</summary>
    public static ByteWriter Write(IReadOnlyCollection<ReadOnlyMemory<byte>> strings)
    {
        var section = new ByteWriter(8 + (strings.Count * 24));
        section.UInt32((uint)strings.Count);
        uint offset = 0;
        foreach (var text in strings)
        {
            section.UInt32(offset);
            offset += (uint)text.Length;
        }

        section.UInt32(offset);
        foreach (var text in strings)
        {
            section.Bytes(text.Span);
        }

        return section;
    }
}
