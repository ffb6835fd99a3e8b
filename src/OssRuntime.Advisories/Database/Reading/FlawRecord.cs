using System.Buffers.Binary;
using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>A flaw: its ids, the one to show first, how urgent it is, and the advisories that are about it alone.</summary>
internal sealed record FlawRecord(uint[] Ids, bool Exploited, float? Epss, uint[] Advisories)
{
    /// <summary>Reads a flaw of the section.</summary>
    public static FlawRecord Read(ReadOnlySpan<byte> section, uint number)
    {
        var head = new ByteReader(section);
        var count = head.UInt32();
        if (number >= count || count > head.Remaining / 4)
        {
            throw ByteReader.Damaged();
        }

        var offset = BinaryPrimitives.ReadUInt32LittleEndian(section[(int)((number + 1) * 4)..]);
        var records = section[(int)((count + 1) * 4)..];
        if (offset > (uint)records.Length)
        {
            throw ByteReader.Damaged();
        }

        var record = new ByteReader(records[(int)offset..]);
        var ids = Numbers(ref record);
        var flags = (FlawFlags)record.Byte();
        float? epss = flags.HasFlag(FlawFlags.Epss) ? BitConverter.UInt32BitsToSingle(record.UInt32()) : null;
        return new FlawRecord(ids, flags.HasFlag(FlawFlags.Exploited), epss, Numbers(ref record));
    }

    private static uint[] Numbers(ref ByteReader reader)
    {
        var count = reader.Varint();
        if (count > (uint)reader.Remaining)
        {
            throw ByteReader.Damaged();
        }

        var numbers = new uint[count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = reader.Varint();
        }

        return numbers;
    }
}
