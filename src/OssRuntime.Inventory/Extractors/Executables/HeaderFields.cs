using System.Buffers.Binary;

namespace OssRuntime.Inventory.Extractors.Executables;

/// <summary>Numbers at fixed places, in either byte order. What lies outside is zero, which no header takes for something.</summary>
internal readonly ref struct HeaderFields(ReadOnlySpan<byte> bytes, bool isBigEndian)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public ushort U16(int offset)
    {
        var field = At(offset, 2);
        return field.IsEmpty ? (ushort)0 : isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(field) : BinaryPrimitives.ReadUInt16LittleEndian(field);
    }

    public uint U32(int offset)
    {
        var field = At(offset, 4);
        return field.IsEmpty ? 0 : isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(field) : BinaryPrimitives.ReadUInt32LittleEndian(field);
    }

    public ulong U64(int offset)
    {
        var field = At(offset, 8);
        return field.IsEmpty ? 0 : isBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(field) : BinaryPrimitives.ReadUInt64LittleEndian(field);
    }

    /// <summary>A number of four or eight bytes.</summary>
    public ulong Word(int offset, bool is64) => is64 ? U64(offset) : U32(offset);

    /// <summary>A text that ends at a zero, or at its length.</summary>
    public string Text(int offset, int length)
    {
        var field = At(offset, length);
        var zero = field.IndexOf((byte)0);
        return System.Text.Encoding.Latin1.GetString(zero < 0 ? field : field[..zero]);
    }

    private ReadOnlySpan<byte> At(int offset, int length) =>
        offset < 0 || offset > _bytes.Length - length ? [] : _bytes.Slice(offset, length);
}
