using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Feeds.Rpm;

/// <summary>
/// The fixes that an erratum names, package by package. Errata list every architecture's build and every rebuild: of several versions of one package
/// the lowest is where the fix begins, for whoever runs it has the fix.
/// </summary>
internal sealed class RpmFixes
{
    private static readonly IVersionOrder Order = VersionOrders.ForName("rpm")!;

    private readonly SortedDictionary<(string Ecosystem, string Name), (string? Begin, string Fix)> _fixes =
        new(Comparer<(string Ecosystem, string Name)>.Create((left, right) =>
            string.CompareOrdinal(left.Ecosystem, right.Ecosystem) is not 0 and var order ? order : string.CompareOrdinal(left.Name, right.Name)));

    /// <summary>Takes a version with the fix.</summary>
    /// <param name="ecosystem">The distribution and its release.</param>
    /// <param name="name">The package.</param>
    /// <param name="fix">Epoch, version and release.</param>
    /// <param name="begin">The first version that the erratum is about; null where it is about all before the fix.</param>
    public void Add(string ecosystem, string name, string fix, string? begin = null)
    {
        if (!_fixes.TryGetValue((ecosystem, name), out var known) || Order.Compare(fix, known.Fix) < 0)
        {
            _fixes[(ecosystem, name)] = (begin, fix);
        }
    }

    /// <summary>What is affected before each fix, by ecosystem and name.</summary>
    public IEnumerable<AffectedPackage> Affected() => _fixes.Select(pair =>
        new AffectedPackage(Ecosystem.Parse(pair.Key.Ecosystem), pair.Key.Name, [Range(pair.Value)], [], []) { State = FixState.Fixed });

    /// <summary>Epoch, version and release as one text; no epoch is the epoch 0.</summary>
    public static string Version(string? epoch, string version, string? release)
    {
        var text = string.IsNullOrEmpty(release) ? version : $"{version}-{release}";
        return epoch is null or "" or "0" ? text : $"{epoch}:{text}";
    }

    private static AffectedRange Range((string? Begin, string Fix) fix) => fix.Begin is null
        ? AffectedRange.Before(fix.Fix)
        : new AffectedRange(RangeType.Ecosystem, [new RangeEvent(RangeEventType.Introduced, fix.Begin), new RangeEvent(RangeEventType.Fixed, fix.Fix)]);
}
