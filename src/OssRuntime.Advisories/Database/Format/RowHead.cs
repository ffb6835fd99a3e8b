using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OssRuntime.Advisories.Database.Format;

/// <summary>What is known of a row before its statement is read.</summary>
/// <param name="Advisory">The advisory's number.</param>
/// <param name="Ceiling">It affects no version that begins with a greater number; <see cref="NoCeiling"/> where it may affect any.</param>
/// <param name="Flags">What is to be known beforehand.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RowHead(uint Advisory, ushort Ceiling, RowFlags Flags)
{
    /// <summary>The ceiling of a row that may affect any version.</summary>
    public const ushort NoCeiling = ushort.MaxValue;

    /// <summary>Bytes of a head: the last is not used yet.</summary>
    public const int Size = 8;

    /// <summary>Reads a head.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static RowHead Read(ReadOnlySpan<byte> heads, int number)
    {
        var head = BinaryPrimitives.ReadUInt64LittleEndian(heads[(number * Size)..]);
        return new RowHead((uint)head, (ushort)(head >> 32), (RowFlags)(byte)(head >> 48));
    }

    /// <summary>Writes it.</summary>
    public void Write(ByteWriter target)
    {
        target.UInt32(Advisory);
        target.UInt16(Ceiling);
        target.Byte((byte)Flags);
        target.Byte(0);
    }
}
