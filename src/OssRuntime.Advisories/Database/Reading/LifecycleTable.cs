using System.Collections.Immutable;
using System.Text;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>Finds products of the lifecycle data by key.</summary>
internal static class LifecycleTable
{
    /// <summary>The product of a key and the source that tells of it, or null.</summary>
    public static (LifecycleProduct Product, string Source)? Find(ReadOnlySpan<byte> section, string key)
    {
        var reader = new ByteReader(section);
        var count = reader.UInt32();
        var offsets = reader.Bytes(count > int.MaxValue / 4 ? uint.MaxValue : count * 4);
        var keys = new StringTable(reader.Bytes(reader.UInt32()));
        var number = keys.Find(Encoding.UTF8.GetBytes(key));
        if (number < 0 || number >= count)
        {
            return null;
        }

        var records = reader.Bytes((uint)reader.Remaining);
        var offset = new ByteReader(offsets[(number * 4)..]).UInt32();
        return offset <= (uint)records.Length ? ReadProduct(new ByteReader(records[(int)offset..])) : throw ByteReader.Damaged();
    }

    private static (LifecycleProduct, string) ReadProduct(ByteReader reader)
    {
        var name = Encoding.UTF8.GetString(reader.Text());
        var source = Encoding.UTF8.GetString(reader.Text());
        var system = reader.Byte() == 1;
        var cycles = ImmutableArray.CreateBuilder<ReleaseCycle>();
        for (var left = reader.Varint(); left > 0; left--)
        {
            var cycle = Encoding.UTF8.GetString(reader.Text());
            var codename = Encoding.UTF8.GetString(reader.Text());
            var flags = reader.Byte();
            cycles.Add(new ReleaseCycle(
                cycle,
                codename.Length == 0 ? null : codename,
                Day(reader.Varint()),
                (flags & 1) != 0,
                Day(reader.Varint()),
                (flags & 2) != 0,
                Day(reader.Varint())));
        }

        return (new LifecycleProduct(name, [], system, [], cycles.ToImmutable()), source);
    }

    private static DateOnly? Day(uint number) =>
        number == 0 ? null : number <= (uint)DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)number) : throw ByteReader.Damaged();
}
