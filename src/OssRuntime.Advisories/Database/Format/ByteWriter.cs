using System.Buffers.Binary;
using System.Text;

namespace OssRuntime.Advisories.Database.Format;

/// <summary>A growing buffer with the few encodings of the database file: little-endian numbers, LEB128 varints, length-prefixed UTF-8.</summary>
internal sealed class ByteWriter(int capacity = 256)
{
    private byte[] _buffer = new byte[capacity];

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Forgets what was written and keeps the buffer.</summary>
    public void Clear() => Length = 0;

    /// <summary>One byte.</summary>
    public void Byte(byte value) => Reserve(1)[0] = value;

    /// <summary>Two bytes.</summary>
    public void UInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Reserve(2), value);

    /// <summary>Four bytes.</summary>
    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);

    /// <summary>Eight bytes.</summary>
    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);

    /// <summary>Seven bits a byte, lowest first.</summary>
    public void Varint(uint value)
    {
        while (value >= 0x80)
        {
            Byte((byte)(value | 0x80));
            value >>= 7;
        }

        Byte((byte)value);
    }

    /// <summary>UTF-8 with its length in bytes before it.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Varint((uint)length);
        Encoding.UTF8.GetBytes(text, Reserve(length));
    }

    /// <summary>Bytes as they are.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    private Span<byte> Reserve(int count)
    {
        var needed = checked(Length + count);
        if (needed > _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max(needed, _buffer.Length * 3L / 2)));
        }

        var span = _buffer.AsSpan(Length, count);
        Length = needed;
        return span;
    }
}
