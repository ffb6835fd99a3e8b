using System.Collections.Immutable;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Versions;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Cli.Remedies;

/// <summary>
/// Turns findings into what there is to do: one entry for a package in a version and a step. All findings with a fix are settled by one update, to the highest of their
/// fixed versions; where those cannot be compared, each version is an entry of its own.
/// </summary>
internal static class RemedyList
{
    /// <summary>The remedies of the findings that affect, the most pressing first.</summary>
    public static ImmutableArray<Remedy> Of(IEnumerable<Finding> findings) =>
    [
        .. findings
            .Where(finding => finding.Status == FindingStatus.Affected)
            .GroupBy(PackageOf)
            .SelectMany(package => package.GroupBy(KindOf).SelectMany(kind => Split(kind.Key, [.. kind.Order(PressingOrder.Instance)])))
            .OrderBy(remedy => remedy.Findings[0], PressingOrder.Instance),
    ];

    private static (string Ecosystem, string Name, string Version, bool IsThirdParty) PackageOf(Finding finding)
    {
        var component = finding.Component;
        return (component.Ecosystem.ToString(), component.Source?.Name ?? component.Name, component.Version, component.IsThirdParty);
    }

    private static RemedyKind KindOf(Finding finding) =>
        finding.Severity == Severity.Malicious ? RemedyKind.Remove
        : finding.FixedIn is not null ? RemedyKind.Update
        : RemedyKind.NoFix;

    private static IEnumerable<Remedy> Split(RemedyKind kind, ImmutableArray<Finding> findings)
    {
        if (kind != RemedyKind.Update)
        {
            return [New(kind, null, findings)];
        }

        return Highest(findings) is { } highest
            ? [New(kind, highest, findings)]
            : findings.GroupBy(finding => finding.FixedIn, StringComparer.Ordinal).Select(group => New(kind, group.Key, [.. group]));
    }

    // Null where two of the versions cannot be compared.
    private static string? Highest(ImmutableArray<Finding> findings)
    {
        var versions = findings.Select(finding => finding.FixedIn!).Distinct(StringComparer.Ordinal).ToList();
        if (versions.Count == 1)
        {
            return versions[0];
        }

        return VersionOrders.For(findings[0].Component.Ecosystem) is { } order && versions.TrueForAll(version => order.Refuse(version) is null)
            ? versions.MaxBy(version => version, Comparer<string>.Create((left, right) => order.Compare(left, right)))
            : null;
    }

    private static Remedy New(RemedyKind kind, string? updateTo, ImmutableArray<Finding> findings)
    {
        var component = findings[0].Component;
        var names = findings.Select(finding => finding.Component.Name).Distinct(StringComparer.Ordinal).Count();
        return new Remedy
        {
            Kind = kind,
            Package = names > 1 ? component.Source?.Name ?? component.Name : component.Name,
            Ecosystem = component.Ecosystem,
            Version = component.Version,
            UpdateTo = updateTo,
            Findings = findings,
        };
    }
}
