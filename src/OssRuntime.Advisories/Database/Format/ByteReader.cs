using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace OssRuntime.Advisories.Database.Format;

/// <summary>
/// Reads what <see cref="ByteWriter"/> wrote. Every step is checked against the bytes that are there, so that a damaged file ends in an
/// <see cref="AdvisoryDatabaseException"/> and never in a read outside of it.
/// </summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Bytes not yet read.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>One byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte Byte()
    {
        if (_rest.Length == 0)
        {
            throw Damaged();
        }

        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    /// <summary>Two bytes.</summary>
    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    /// <summary>Four bytes.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    /// <summary>Seven bits a byte, lowest first. Most have one byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Varint()
    {
        if (_rest.Length > 0 && _rest[0] < 0x80)
        {
            var value = _rest[0];
            _rest = _rest[1..];
            return value;
        }

        return LongVarint();
    }

    /// <summary>UTF-8 with its length before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Text() => Bytes(Varint());

    /// <summary>So many bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes(uint count)
    {
        if (count > (uint)_rest.Length)
        {
            throw Damaged();
        }

        var taken = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return taken;
    }

    /// <summary>The answer to content that cannot be.</summary>
    public static AdvisoryDatabaseException Damaged() => new("the advisory database is damaged: a record points outside of its section");

    private uint LongVarint()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Byte();
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Damaged();
    }
}
