using System.Collections.Immutable;
using OssRuntime.Model.Findings;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Metrics;

/// <summary>What the series of one workload are made from.</summary>
internal sealed record WorkloadSeries(
    FindingCounts Counts,
    PriorityCounts Priorities,
    ExposureLevel? Exposure,
    ExposureLevel? ExposureAtMost,
    ImmutableArray<(string Product, string Cycle, DateOnly EndOfLife)> Ends,
    ImmutableArray<(string Advisory, string Component, string FixedIn, int Rank)> Findings)
{
    public IEnumerable<(string Severity, int Count)> BySeverity() =>
    [
        (LabelValue.Of(Severity.Malicious), Counts.Malicious),
        (LabelValue.Of(Severity.Critical), Counts.Critical),
        (LabelValue.Of(Severity.High), Counts.High),
        (LabelValue.Of(Severity.Medium), Counts.Medium),
        (LabelValue.Of(Severity.Low), Counts.Low),
        (LabelValue.Of(Severity.Unknown), Counts.Unknown),
    ];

    public IEnumerable<(string Priority, int Count)> ByPriority() =>
    [
        (LabelValue.Of(Priority.Immediate), Priorities.Immediate),
        (LabelValue.Of(Priority.OutOfCycle), Priorities.OutOfCycle),
        (LabelValue.Of(Priority.Scheduled), Priorities.Scheduled),
        (LabelValue.Of(Priority.Defer), Priorities.Defer),
    ];
}
