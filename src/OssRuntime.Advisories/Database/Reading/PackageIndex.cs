using System.Buffers.Binary;
using System.IO.Hashing;
using OssRuntime.Advisories.Database.Format;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>Finds a package by ecosystem and canonical name: one hash, about one and a half probes, one comparison.</summary>
internal readonly ref struct PackageIndex
{
    private readonly ReadOnlySpan<byte> _slots;
    private readonly ReadOnlySpan<byte> _records;
    private readonly ReadOnlySpan<byte> _names;

    public PackageIndex(ReadOnlySpan<byte> section)
    {
        var reader = new ByteReader(section);
        var packages = reader.UInt32();
        var slots = reader.UInt32();
        if (slots == 0 || (slots & (slots - 1)) != 0 || slots > section.Length / DatabaseFormat.Slot || packages >= slots)
        {
            throw ByteReader.Damaged();
        }

        _slots = reader.Bytes(slots * DatabaseFormat.Slot);
        _records = reader.Bytes(packages * DatabaseFormat.PackageRecord);
        _names = reader.Bytes((uint)reader.Remaining);
    }

    /// <summary>Where the package's rows begin in their section and how many there are; false where it has none.</summary>
    public bool TryFind(ushort ecosystem, ReadOnlySpan<byte> name, out uint rows, out int count)
    {
        var hash = XxHash3.HashToUInt64(name, ecosystem);
        var mask = (_slots.Length / DatabaseFormat.Slot) - 1;
        var slot = (int)(hash & (uint)mask);
        for (var probes = 0; probes <= mask; probes++, slot = (slot + 1) & mask)
        {
            var entry = BinaryPrimitives.ReadUInt64LittleEndian(_slots[(slot * DatabaseFormat.Slot)..]);
            if (entry == 0)
            {
                (rows, count) = (0, 0);
                return false;
            }

            if (entry >> 32 == hash >> 32 && Matches((uint)entry - 1, ecosystem, name, out rows, out count))
            {
                return true;
            }
        }

        throw ByteReader.Damaged();
    }

    private bool Matches(uint package, ushort ecosystem, ReadOnlySpan<byte> name, out uint rows, out int count)
    {
        var at = (long)package * DatabaseFormat.PackageRecord;
        if (at > _records.Length - DatabaseFormat.PackageRecord)
        {
            throw ByteReader.Damaged();
        }

        var record = _records.Slice((int)at, DatabaseFormat.PackageRecord);
        var nameOffset = BinaryPrimitives.ReadUInt32LittleEndian(record);
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(record[4..]);
        rows = BinaryPrimitives.ReadUInt32LittleEndian(record[8..]);
        count = (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(record[12..]), int.MaxValue);
        if (nameOffset > _names.Length - nameLength)
        {
            throw ByteReader.Damaged();
        }

        return BinaryPrimitives.ReadUInt16LittleEndian(record[6..]) == ecosystem && _names.Slice((int)nameOffset, nameLength).SequenceEqual(name);
    }
}
