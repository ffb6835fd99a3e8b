using System.Buffers.Binary;
using System.Text;

namespace OssRuntime.Inventory.Extractors.Rpm;

/// <summary>
/// A package header as databases keep it (rpm's docs/manual/format_header.md, without the magic): two counts, an index of entries of sixteen bytes
/// (tag, type, offset, count), then their data. All numbers are big endian.
/// </summary>
internal readonly ref struct RpmHeader
{
    private const int EntrySize = 16;
    private const int MostEntries = 0xFFFF;
    private const uint Int32 = 4;
    private const uint Text8 = 6;
    private const uint TextArray = 8;
    private const uint TranslatedText = 9;

    private readonly ReadOnlySpan<byte> _index;
    private readonly ReadOnlySpan<byte> _data;

    private RpmHeader(ReadOnlySpan<byte> index, ReadOnlySpan<byte> data)
    {
        _index = index;
        _data = data;
    }

    /// <summary>False where the bytes are no header.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out RpmHeader header)
    {
        header = default;
        if (bytes.Length < 8)
        {
            return false;
        }

        var entries = BinaryPrimitives.ReadUInt32BigEndian(bytes);
        var data = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        bytes = bytes[8..];
        if (entries is 0 or > MostEntries || entries * EntrySize + (ulong)data > (ulong)bytes.Length)
        {
            return false;
        }

        header = new RpmHeader(bytes[..(int)(entries * EntrySize)], bytes.Slice((int)(entries * EntrySize), (int)data));
        return true;
    }

    /// <summary>A text, or the first of several; null where there is none.</summary>
    public string? Text(RpmTag tag)
    {
        var entry = Find(tag);
        return entry.IsEmpty || Type(entry) is not (Text8 or TextArray or TranslatedText) ? null : Encoding.UTF8.GetString(UpToZero(DataOf(entry)));
    }

    /// <summary>A number; null where there is none.</summary>
    public uint? Number(RpmTag tag)
    {
        var numbers = Numbers(tag);
        return numbers.Length < 4 ? null : BinaryPrimitives.ReadUInt32BigEndian(numbers);
    }

    /// <summary>The bytes of numbers of 32 bits, as far as they are there.</summary>
    public ReadOnlySpan<byte> Numbers(RpmTag tag)
    {
        var entry = Find(tag);
        if (entry.IsEmpty || Type(entry) != Int32)
        {
            return [];
        }

        var data = DataOf(entry);
        return data[..(int)Math.Min(data.Length & ~3, Count(entry) * 4L)];
    }

    /// <summary>The bytes of an entry of single bytes.</summary>
    public ReadOnlySpan<byte> Bytes(RpmTag tag)
    {
        var entry = Find(tag);
        if (entry.IsEmpty)
        {
            return [];
        }

        var data = DataOf(entry);
        return data[..(int)Math.Min(data.Length, Count(entry))];
    }

    /// <summary>Texts, one after the other.</summary>
    public RpmTexts Texts(RpmTag tag)
    {
        var entry = Find(tag);
        return entry.IsEmpty || Type(entry) != TextArray ? default : new RpmTexts(DataOf(entry), Count(entry));
    }

    /// <summary>What comes before the first zero.</summary>
    public static ReadOnlySpan<byte> UpToZero(ReadOnlySpan<byte> bytes)
    {
        var zero = bytes.IndexOf((byte)0);
        return zero < 0 ? bytes : bytes[..zero];
    }

    private static uint Type(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadUInt32BigEndian(entry[4..]);

    private static uint Count(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadUInt32BigEndian(entry[12..]);

    private ReadOnlySpan<byte> DataOf(ReadOnlySpan<byte> entry)
    {
        var offset = BinaryPrimitives.ReadUInt32BigEndian(entry[8..]);
        return offset >= (uint)_data.Length ? [] : _data[(int)offset..];
    }

    private ReadOnlySpan<byte> Find(RpmTag tag)
    {
        for (var at = 0; at < _index.Length; at += EntrySize)
        {
            if (BinaryPrimitives.ReadUInt32BigEndian(_index[at..]) == (uint)tag)
            {
                return _index.Slice(at, EntrySize);
            }
        }

        return [];
    }
}
