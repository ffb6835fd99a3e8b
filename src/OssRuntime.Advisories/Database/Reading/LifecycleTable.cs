using System.Collections.Immutable;
using System.Text;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Database.Reading;

/// <summary>
/// Finds products of the lifecycle data by key. Nearly every component is asked for and nearly none is found, so the few thousand keys are kept
/// as they are asked for; products are read once.
/// </summary>
internal sealed class LifecycleTable
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _numbers;
    private readonly KnownProduct?[] _products;

    private LifecycleTable(Dictionary<string, int> numbers, int count)
    {
        _numbers = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        _products = new KnownProduct?[count];
    }

    /// <summary>Reads the keys of the section.</summary>
    public static LifecycleTable Read(ReadOnlySpan<byte> section)
    {
        var reader = new ByteReader(section);
        var count = reader.UInt32();
        reader.Bytes(count > int.MaxValue / 4 ? uint.MaxValue : count * 4);
        var keys = new StringTable(reader.Bytes(reader.UInt32()));
        var numbers = new Dictionary<string, int>(keys.Count, StringComparer.Ordinal);
        for (var i = 0; i < Math.Min(keys.Count, (int)count); i++)
        {
            numbers[keys.Text((uint)i)] = i;
        }

        return new LifecycleTable(numbers, (int)count);
    }

    /// <summary>The product of a key and the source that tells of it, or null.</summary>
    /// <param name="section">The section that this was read from.</param>
    /// <param name="key">The key.</param>
    public KnownProduct? Find(ReadOnlySpan<byte> section, ReadOnlySpan<char> key)
    {
        if (!_numbers.TryGetValue(key, out var number))
        {
            return null;
        }

        // Two threads may read one product at the same time; they come to the same answer.
        var known = Volatile.Read(ref _products[number]);
        if (known is null)
        {
            Volatile.Write(ref _products[number], known = Read(section, number));
        }

        return known;
    }

    private static KnownProduct Read(ReadOnlySpan<byte> section, int number)
    {
        var reader = new ByteReader(section);
        var offsets = reader.Bytes(reader.UInt32() * 4);
        reader.Bytes(reader.UInt32());
        var records = reader.Bytes((uint)reader.Remaining);
        var offset = new ByteReader(offsets[(number * 4)..]).UInt32();
        return offset <= (uint)records.Length ? ReadProduct(new ByteReader(records[(int)offset..])) : throw ByteReader.Damaged();
    }

    private static KnownProduct ReadProduct(ByteReader reader)
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

        return new KnownProduct(new LifecycleProduct(name, [], system, [], cycles.ToImmutable()), source);
    }

    private static DateOnly? Day(uint number) =>
        number == 0 ? null : number <= (uint)DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)number) : throw ByteReader.Damaged();
}
