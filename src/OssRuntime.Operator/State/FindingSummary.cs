using System.Collections.Immutable;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.State;

/// <summary>Brings the findings of an image into the forms that are kept and shown.</summary>
internal static class FindingSummary
{
    /// <summary>The findings that affect, most pressing first.</summary>
    public static ImmutableArray<Finding> Pressing(IEnumerable<Finding> findings) =>
        [.. findings.Where(finding => finding.Status == FindingStatus.Affected).Order(PressingOrder.Instance)];

    public static FindingCounts Count(IReadOnlyCollection<Finding> findings, IEnumerable<LifecycleStatus> lifecycles) => new()
    {
        Malicious = findings.Count(finding => finding.Severity == Severity.Malicious),
        Critical = findings.Count(finding => finding.Severity == Severity.Critical),
        High = findings.Count(finding => finding.Severity == Severity.High),
        Medium = findings.Count(finding => finding.Severity == Severity.Medium),
        Low = findings.Count(finding => finding.Severity is Severity.Low or Severity.None),
        Unknown = findings.Count(finding => finding.Severity == Severity.Unknown),
        KnownExploited = findings.Count(finding => finding.KnownExploited),
        Fixable = findings.Count(finding => finding.FixedIn is not null),
        EndOfLife = lifecycles.Count(status => status.State == LifecycleState.EndOfLife),
    };

    public static ImmutableArray<PriorityBucket> Buckets(IEnumerable<Finding> findings, EndedSupport ended) =>
    [
        .. findings
            .Select(finding => (Malicious: finding.Severity == Severity.Malicious, Ended: ended.Covers(finding), Evidence: PriorityDecider.EvidenceOf(finding)))
            .CountBy(key => (key.Malicious, key.Ended, key.Evidence.Exploitation, key.Evidence.Automatable))
            .Select(pair => new PriorityBucket(pair.Key.Malicious, pair.Key.Ended, pair.Key.Exploitation, pair.Key.Automatable, pair.Value)),
    ];

    /// <summary>Release cycles as lines, the nearest end first; those that are supported and have no end in the data say nothing and are left out.</summary>
    public static ImmutableArray<string> LifecycleLines(IEnumerable<LifecycleStatus> lifecycles, int most) =>
    [
        .. lifecycles
            .Where(status => status.State != LifecycleState.Unknown)
            .OrderBy(status => status.EndOfLife ?? DateOnly.MaxValue)
            .ThenBy(status => status.Product, StringComparer.Ordinal)
            .ThenBy(status => status.Cycle, StringComparer.Ordinal)
            .ThenBy(status => status.Subject, StringComparer.Ordinal)
            .Select(status => $"{status.State} {status.Product} {status.Cycle} {status.EndOfLife?.ToString("yyyy-MM-dd") ?? "-"} {status.Subject}")
            .Distinct(StringComparer.Ordinal)
            .Take(most),
    ];
}
