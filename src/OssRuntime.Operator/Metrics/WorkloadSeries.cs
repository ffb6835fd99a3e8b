using System.Collections.Immutable;
using OssRuntime.Model.Findings;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Metrics;

/// <summary>What the series of one workload are made from.</summary>
internal sealed record WorkloadSeries(
    FindingCounts? Counts,
    PriorityCounts? Priorities,
    bool ZerosKnown,
    int? UncheckedComponents,
    ExposureLevel? Exposure,
    ImmutableArray<(string Product, string Cycle, DateOnly EndOfLife)> Ends,
    ImmutableArray<(string Advisory, string Component, string FixedIn, int Rank)> Findings)
{
    /// <summary>The counts that are known: a zero counts only where at least some of every image was checked.</summary>
    public IEnumerable<(string Severity, int Count)> BySeverity() => Counts is not { } counts ? [] : Known(
    [
        (LabelValue.Of(Severity.Malicious), counts.Malicious),
        (LabelValue.Of(Severity.Critical), counts.Critical),
        (LabelValue.Of(Severity.High), counts.High),
        (LabelValue.Of(Severity.Medium), counts.Medium),
        (LabelValue.Of(Severity.Low), counts.Low),
        (LabelValue.Of(Severity.Unknown), counts.Unknown),
    ]);

    /// <inheritdoc cref="BySeverity"/>
    public IEnumerable<(string Priority, int Count)> ByPriority() => Priorities is not { } priorities ? [] : Known(
    [
        (LabelValue.Of(Priority.Immediate), priorities.Immediate),
        (LabelValue.Of(Priority.OutOfCycle), priorities.OutOfCycle),
        (LabelValue.Of(Priority.Scheduled), priorities.Scheduled),
        (LabelValue.Of(Priority.Defer), priorities.Defer),
    ]);

    /// <summary>A number of the counts, or null where it is not known.</summary>
    public int? Known(Func<FindingCounts, int> number) => Counts is { } counts && (ZerosKnown || number(counts) > 0) ? number(counts) : null;

    private IEnumerable<(string Label, int Count)> Known((string Label, int Count)[] all) => all.Where(pair => ZerosKnown || pair.Count > 0);
}
