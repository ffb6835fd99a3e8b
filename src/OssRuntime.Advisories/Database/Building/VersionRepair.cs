using OssRuntime.Model.Advisories;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>
/// Feeds write <c>13.0</c> where an ecosystem's versions have three numbers, and <c>3.1.8.-r0</c> where somebody mistyped. Left as it is, the order would refuse it and
/// the range be lost, and the flaw with it.
/// </summary>
internal static class VersionRepair
{
    /// <summary>
    /// The event with a version that its order reads: as it is; with zeros for the numbers that are missing; else as far as it can be read, from its first number on. As it is
    /// where none of that helps.
    /// </summary>
    public static RangeEvent Repair(RangeEvent e, IVersionOrder order) =>
        order.Refuse(e.Version) is null ? e : (Complete(e.Version, order) ?? Readable(e.Version, order)) is { } version ? e with { Version = version } : e;

    private static string? Complete(string version, IVersionOrder order)
    {
        if (VersionOrders.SemVer.Refuse(version) is not null)
        {
            return null;
        }

        var end = version.AsSpan().IndexOfAny('-', '+');
        var numbers = end < 0 ? version : version[..end];
        var missing = 2 - numbers.AsSpan().Count('.');
        var complete = numbers + (missing == 2 ? ".0.0" : missing == 1 ? ".0" : "") + version[numbers.Length..];
        return order.Refuse(complete) is null ? complete : null;
    }

    private static string? Readable(string version, IVersionOrder order)
    {
        var start = version.Length > 1 && version[0] is 'v' or 'V' or '=' ? 1 : 0;
        if (version.Length <= start || !char.IsAsciiDigit(version[start]))
        {
            return null;
        }

        for (var end = version.Length; end > start; end--)
        {
            if (order.Refuse(version.AsSpan(start, end - start)) is null)
            {
                return version[start..end];
            }
        }

        return null;
    }
}
