using System.Collections.Immutable;
using OssRuntime.Model.Findings;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Priorities;
using Prometheus;

namespace OssRuntime.Operator.Metrics;

/// <summary>
/// The series of the workloads: counts for each, and single findings only where they are malicious, known to be exploited, or critical where the Internet
/// comes, up to a cap; what is only critical gives way first.
/// </summary>
internal sealed class WorkloadMetrics
{
    private const int NoSeries = 3;

    private static readonly string[] Labels = ["namespace", "kind", "workload"];

    private readonly Lock _gate = new();
    private readonly Dictionary<WorkloadKey, WorkloadSeries> _workloads = [];
    private readonly TimeProvider _time;
    private readonly int _mostFindings;
    private readonly Gauge _findings;
    private readonly Gauge _priority;
    private readonly Gauge _exposure;
    private readonly Gauge _malicious;
    private readonly Gauge _knownExploited;
    private readonly Gauge _unchecked;
    private readonly Gauge _endOfLife;
    private readonly Gauge _info;
    private readonly Gauge _dropped;

    public WorkloadMetrics(IMetricFactory factory, TimeProvider time, int mostFindings)
    {
        _time = time;
        _mostFindings = mostFindings;
        _findings = factory.CreateGauge("ossruntime_workload_findings", "Findings that affect a workload, by severity.", [.. Labels, "severity"]);
        _priority = factory.CreateGauge("ossruntime_workload_priority", "Findings of a workload by SSVC priority.", [.. Labels, "priority"]);
        _exposure = factory.CreateGauge("ossruntime_workload_exposure", "1 for the level from which a workload can be reached.", [.. Labels, "exposure"]);
        _malicious = factory.CreateGauge("ossruntime_workload_malicious", "Malicious packages in a workload.", Labels);
        _knownExploited = factory.CreateGauge("ossruntime_workload_known_exploited", "Findings of a workload that are known to be exploited.", Labels);
        _unchecked = factory.CreateGauge("ossruntime_workload_unchecked_components", "Components of a workload that could not be checked; findings say nothing about them.", Labels);
        _endOfLife = factory.CreateGauge(
            "ossruntime_workload_days_until_end_of_life", "Days until a release cycle in a workload ends; negative once it has.", [.. Labels, "product", "cycle"]);
        _info = factory.CreateGauge(
            "ossruntime_finding_info", "A finding of a workload that is malicious, known to be exploited, or critical and exposed to the Internet.", [.. Labels, "advisory", "component", "fixed_in"]);
        _dropped = factory.CreateGauge("ossruntime_finding_info_dropped", "Findings that have no series of their own because of the cap.");
    }

    /// <summary>Takes over a workload's report.</summary>
    public void Set(WorkloadKey key, WorkloadReportBody report, IEnumerable<ImageFacts> images)
    {
        var facts = images.ToList();
        var series = Of(
            report,
            facts.TrueForAll(image => image.IsChecked),
            [
                .. facts.SelectMany(image => image.Lifecycles)
                    .Where(status => status.EndOfLife is not null)
                    .Select(status => (status.Product, status.Cycle, EndOfLife: status.EndOfLife!.Value))
                    .Distinct(),
            ],
            [
                .. facts.SelectMany(image => image.Top)
                    .Select(finding => (finding.Advisory, finding.Component, FixedIn: finding.FixedIn ?? "", Rank: RankOf(finding, report.Exposure)))
                    .Where(finding => finding.Rank < NoSeries)
                    .Distinct(),
            ]);
        lock (_gate)
        {
            _workloads[key] = series;
        }
    }

    /// <summary>
    /// Takes over a report of before the start, until there is a new one: the counts of a workload must not vanish while its images are read again.
    /// </summary>
    public void Restore(WorkloadKey key, WorkloadReportBody report)
    {
        lock (_gate)
        {
            _workloads.TryAdd(key, Of(report, report.Coverage is { } images && images.Checked + images.Partly == images.Discovered, [], []));
        }
    }

    /// <summary>Forgets a workload.</summary>
    public void Remove(WorkloadKey key)
    {
        lock (_gate)
        {
            _workloads.Remove(key);
        }
    }

    /// <summary>Brings the series up to what is known, at a scrape.</summary>
    public void Refresh()
    {
        List<KeyValuePair<WorkloadKey, WorkloadSeries>> workloads;
        lock (_gate)
        {
            workloads = [.. _workloads.OrderBy(pair => pair.Key.Namespace, StringComparer.Ordinal).ThenBy(pair => pair.Key.ReportName, StringComparer.Ordinal)];
        }

        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        var findings = new GaugeRefresh(_findings);
        var priorities = new GaugeRefresh(_priority);
        var exposures = new GaugeRefresh(_exposure);
        var malicious = new GaugeRefresh(_malicious);
        var exploited = new GaugeRefresh(_knownExploited);
        var @unchecked = new GaugeRefresh(_unchecked);
        var endOfLife = new GaugeRefresh(_endOfLife);
        var info = new GaugeRefresh(_info);
        var infos = 0;
        foreach (var (key, series) in workloads)
        {
            string[] labels = [key.Namespace, key.Kind, key.Name];
            foreach (var (severity, count) in series.BySeverity())
            {
                findings.Set(count, [.. labels, severity]);
            }

            foreach (var (priority, count) in series.ByPriority())
            {
                priorities.Set(count, [.. labels, priority]);
            }

            if (series.Exposure is { } level)
            {
                exposures.Set(1, [.. labels, LabelValue.Of(level)]);
            }

            SetKnown(malicious, series.Known(counts => counts.Malicious), labels);
            SetKnown(exploited, series.Known(counts => counts.KnownExploited), labels);
            SetKnown(@unchecked, series.UncheckedComponents, labels);
            foreach (var (product, cycle, date) in series.Ends)
            {
                endOfLife.Set(date.DayNumber - today.DayNumber, [.. labels, product, cycle]);
            }
        }

        foreach (var (key, finding) in workloads.SelectMany(pair => pair.Value.Findings.Select(finding => (pair.Key, finding))).OrderBy(pair => pair.finding.Rank))
        {
            if (infos++ < _mostFindings)
            {
                info.Set(1, [key.Namespace, key.Kind, key.Name, finding.Advisory, finding.Component, finding.FixedIn]);
            }
        }

        foreach (var refresh in (ReadOnlySpan<GaugeRefresh>)[findings, priorities, exposures, malicious, exploited, @unchecked, endOfLife, info])
        {
            refresh.RemoveStale();
        }

        _dropped.Set(Math.Max(0, infos - _mostFindings));
    }

    // What is not known has no series: a zero would end alerts, and begin none.
    private static void SetKnown(GaugeRefresh gauge, int? number, string[] labels)
    {
        if (number is { } known)
        {
            gauge.Set(known, labels);
        }
    }

    private static int RankOf(PressingFinding finding, string? exposure) => finding switch
    {
        { Severity: Severity.Malicious } => 0,
        { KnownExploited: true } => 1,
        { Severity: Severity.Critical } when exposure == nameof(ExposureLevel.Internet) => 2,
        _ => NoSeries,
    };

    private static WorkloadSeries Of(
        WorkloadReportBody report,
        bool zerosKnown,
        ImmutableArray<(string Product, string Cycle, DateOnly EndOfLife)> ends,
        ImmutableArray<(string Advisory, string Component, string FixedIn, int Rank)> findings) => new(
        report.Counts,
        report.Priorities,
        zerosKnown,
        report.Checked is { } coverage ? coverage.Components - coverage.Checked : null,
        Enum.TryParse<ExposureLevel>(report.Exposure, out var level) ? level : null,
        ends,
        findings);
}
