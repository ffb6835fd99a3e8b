using System.Text;
using OssRuntime.Advisories.Database.Format;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Identifiers;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>Writes products and release cycles: keys in order, each with its product, then the products.</summary>
internal static class LifecycleSection
{
    /// <summary>Writes the section.</summary>
    public static void Write(DatabaseFileWriter file, IReadOnlyCollection<(LifecycleProduct Product, string Source)> products)
    {
        var records = new ByteWriter(1 << 16);
        var keys = new SortedDictionary<byte[], uint>(Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right)));
        var written = new List<(LifecycleProduct Product, uint Offset)>();
        foreach (var (product, source) in products.OrderBy(entry => entry.Product.Name, StringComparer.Ordinal))
        {
            written.Add((product, (uint)records.Length));
            WriteProduct(records, product, source);
        }

        foreach (var keysOf in (ReadOnlySpan<Func<LifecycleProduct, IEnumerable<string>>>)[Names, Aliases, Identifiers])
        {
            foreach (var (product, offset) in written)
            {
                foreach (var key in keysOf(product))
                {
                    keys.TryAdd(Encoding.UTF8.GetBytes(key), offset);
                }
            }
        }

        var head = new ByteWriter(8 + (keys.Count * 4));
        head.UInt32((uint)keys.Count);
        foreach (var offset in keys.Values)
        {
            head.UInt32(offset);
        }

        var table = StringTable.Write([.. keys.Keys.Select(key => (ReadOnlyMemory<byte>)key)]);
        head.UInt32((uint)table.Length);
        file.Begin(DatabaseFormat.Lifecycle);
        file.Append(head.Written);
        file.Append(table.Written);
        file.Append(records.Written);
        file.End();
    }

    /// <summary>A name belongs to its product before any alias or identifier; of two products that claim one, the first by name has it.</summary>
    private static IEnumerable<string> Names(LifecycleProduct product) => [LifecycleKeys.OfName(product.Name)];

    private static IEnumerable<string> Aliases(LifecycleProduct product) => product.Aliases.Select(LifecycleKeys.OfName);

    private static IEnumerable<string> Identifiers(LifecycleProduct product) =>
        product.Identifiers.Select(LifecycleKeys.OfIdentifier).OfType<string>();

    private static void WriteProduct(ByteWriter target, LifecycleProduct product, string source)
    {
        target.Text(product.Name);
        target.Text(source);
        target.Byte((byte)(product.IsOperatingSystem ? 1 : 0));
        target.Varint((uint)product.Cycles.Length);
        foreach (var cycle in product.Cycles)
        {
            target.Text(cycle.Name);
            target.Text(cycle.Codename ?? "");
            target.Byte((byte)((cycle.ActiveSupportEnded ? 1 : 0) | (cycle.Ended ? 2 : 0)));
            target.Varint(Day(cycle.ActiveSupportEnds));
            target.Varint(Day(cycle.EndOfLife));
            target.Varint(Day(cycle.ExtendedSupportEnds));
        }
    }

    private static uint Day(DateOnly? day) => day is { } known ? (uint)known.DayNumber : 0;
}
