using OssRuntime.Model.Advisories;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>
/// Feeds write <c>13.0</c> where an ecosystem's versions have three numbers. Left as it is, the order would refuse it and the range be lost.
/// </summary>
internal static class VersionRepair
{
    /// <summary>The event with zeros for the numbers that are missing, where that is all its order minds; else the event as it is.</summary>
    public static RangeEvent Repair(RangeEvent e, IVersionOrder order)
    {
        if (order.Refuse(e.Version) is null || VersionOrders.SemVer.Refuse(e.Version) is not null)
        {
            return e;
        }

        var end = e.Version.AsSpan().IndexOfAny('-', '+');
        var numbers = end < 0 ? e.Version : e.Version[..end];
        var missing = 2 - numbers.AsSpan().Count('.');
        var complete = numbers + (missing == 2 ? ".0.0" : missing == 1 ? ".0" : "") + e.Version[numbers.Length..];
        return order.Refuse(complete) is null ? e with { Version = complete } : e;
    }
}
