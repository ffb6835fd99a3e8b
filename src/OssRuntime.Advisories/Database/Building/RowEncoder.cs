using OssRuntime.Advisories.Database.Format;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>
/// Writes what an advisory says about one package: vectors, ranges with their events in order, listed versions. A version that its ecosystem's order
/// cannot read is read as far as it can be; where nothing of it can, the range is left out, for it would be compared by chance, and the row says so.
/// </summary>
internal static class RowEncoder
{
    /// <summary>Writes the statement; false where nothing of it is left.</summary>
    public static bool TryWrite(ByteWriter target, AffectedPackage package, Interner strings, Action<string> trim, out RowFlags flags)
    {
        var order = VersionOrders.For(package.Ecosystem);
        var ranges = new List<AffectedRange>(package.Ranges.Length);
        flags = RowFlags.None;
        foreach (var range in package.Ranges)
        {
            if (Sort(range, order, trim, ref flags) is { } sorted)
            {
                ranges.Add(sorted);
            }
        }

        flags |= ranges.Exists(IsWildcard) ? RowFlags.Wildcard : RowFlags.None;
        if (ranges.Count == 0 && package.Versions.IsEmpty && flags == RowFlags.None)
        {
            return false;
        }

        target.Varint((uint)package.Vectors.Length);
        foreach (var vector in package.Vectors)
        {
            target.Varint((uint)strings.Add(vector));
        }

        target.Varint((uint)ranges.Count);
        foreach (var range in ranges)
        {
            WriteRange(target, range);
        }

        target.Varint((uint)package.Versions.Length);
        foreach (var version in package.Versions)
        {
            target.Text(version);
        }

        return true;
    }

    /// <summary>True for a range that begins before every version and never ends.</summary>
    public static bool IsWildcard(AffectedRange range) =>
        range.Events.Length > 0 && range.Events.All(e => e is { Type: RangeEventType.Introduced, Version: "0" or "0.0.0" or "0.0.0-0" });

    private static bool IsFirst(RangeEvent e) => e is { Type: RangeEventType.Introduced, Version: "0" };

    /// <summary>
    /// The events in the order of their versions, those of one version in the order in which the record has them (OSV schema, "Evaluation").
    /// </summary>
    private static AffectedRange? Sort(AffectedRange range, IVersionOrder? ecosystemOrder, Action<string> trim, ref RowFlags flags)
    {
        var order = ecosystemOrder ?? (range.Type == RangeType.SemVer ? VersionOrders.SemVer : null);
        if (!range.Events.Any(e => e.Type == RangeEventType.Introduced))
        {
            trim("a range has no introduced event");
            return null;
        }

        if (order is null)
        {
            return range;
        }

        range = range with { Events = [.. range.Events.Select(e => IsFirst(e) || IsNoLimit(e) ? e : VersionRepair.Repair(e, order))] };
        if (range.Events.Any(e => !IsFirst(e) && !IsNoLimit(e) && order.Refuse(e.Version) is not null))
        {
            trim($"a range names a version that is none in the order of {order.Name}");
            flags |= RowFlags.Incomparable;
            return null;
        }

        return range.Events.Length < 3 && IsFirst(range.Events[0])
            ? range
            : range with { Events = [.. range.Events.Order(Comparer<RangeEvent>.Create((left, right) => Compare(order, left, right)))] };
    }

    private static bool IsNoLimit(RangeEvent e) => e is { Type: RangeEventType.Limit, Version: "*" };

    private static int Compare(IVersionOrder order, RangeEvent left, RangeEvent right) =>
        (IsFirst(left), IsFirst(right)) switch
        {
            (true, true) => 0,
            (true, false) => -1,
            (false, true) => 1,
            _ => order.Compare(left.Version, right.Version),
        };

    private static void WriteRange(ByteWriter target, AffectedRange range)
    {
        target.Byte((byte)range.Type);
        target.Varint((uint)range.Events.Count(e => !IsNoLimit(e)));
        foreach (var e in range.Events.Where(e => !IsNoLimit(e)))
        {
            if (IsFirst(e))
            {
                target.Byte((byte)((byte)e.Type | StatementLayout.FromTheFirst));
                continue;
            }

            target.Byte((byte)e.Type);
            target.Text(e.Version);
        }
    }
}
