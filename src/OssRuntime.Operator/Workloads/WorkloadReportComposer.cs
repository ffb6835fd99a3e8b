using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Workloads;

/// <summary>Composes a WorkloadReport from the workload's pods and what is known of their images.</summary>
internal sealed class WorkloadReportComposer(int budgetBytes)
{
    private const int MostFindings = 20;
    private const int MostLifecycles = 20;
    private const int MostContainers = 100;
    private const int MostSteps = 20;
    private const int LongestStep = 300;
    private const int MostAbove = 8;

    /// <summary>The report without conditions.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="pods">Its pods.</param>
    /// <param name="facts">What is known of their images.</param>
    /// <param name="current">The generation in use: the report's, as soon as one of the images was matched against it.</param>
    /// <param name="standing">Where the workload stands in its cluster.</param>
    /// <param name="violations">The rules that it breaks, a line each.</param>
    public WorkloadReport Compose(
        WorkloadKey key, IReadOnlyList<RunningPod> pods, IReadOnlyDictionary<ImageKey, ImageFacts> facts, string? current, WorkloadContext standing,
        ImmutableArray<string> violations = default)
    {
        var images = facts.Values.OrderBy(image => image.Key.ResourceName, StringComparer.Ordinal).ToList();
        var priorities = CountPriorities(images, standing.Context);
        var lifecycles = images.SelectMany(image => image.Lifecycles).ToList();
        // Of a workload of which nothing is known there are no numbers, not even zeros.
        var counts = Sum(images);
        var isKnown = images.Exists(image => image.IsChecked) || counts != new FindingCounts();
        var against = images.Where(image => image.Generation is not null).OrderByDescending(image => image.Generation == current).FirstOrDefault();
        var report = new WorkloadReportBody
        {
            Pods = pods.Count,
            Containers = [.. ContainerLines(pods, facts).Take(MostContainers)],
            Images = [.. images.Select(image => image.Key.ResourceName)],
            Coverage = CoverageOf(pods, images),
            Exposure = standing.Level?.ToString(),
            ExposurePath = [.. standing.Path.Take(MostSteps).Select(step => BoundedText.Shorten(step, LongestStep))],
            ExposureAtMost = standing.Uncertain.IsEmpty ? null : standing.Highest?.ToString(),
            ExposureUncertain = [.. standing.Uncertain.Take(MostSteps).Select(item => BoundedText.Shorten(item.Text, LongestStep))],
            Impact = standing.Impact.ToString(),
            ImpactFrom = standing.ImpactFrom,
            Privileges = standing.Privileges,
            Priority = MostUrgent(priorities, lifecycles)?.ToString(),
            Priorities = isKnown ? priorities : null,
            Checked = CheckedOf(images),
            Generation = against?.Generation,
            NewestRecord = against?.NewestRecord,
            Counts = isKnown ? counts : null,
            Accepted = images.Sum(image => image.Accepted),
            Lifecycle = FindingSummary.LifecycleLines(lifecycles, MostLifecycles),
            Violations = violations.IsDefault ? [] : violations,
        };
        return Fill(key, ReferenceOf(key, pods), report, images, standing);
    }

    private WorkloadReport Fill(WorkloadKey key, WorkloadReference reference, WorkloadReportBody report, List<ImageFacts> images, WorkloadContext standing)
    {
        var context = standing.Context;
        var bare = new WorkloadReport
        {
            Metadata = new ObjectMeta { Name = key.ReportName, Namespace = key.Namespace, OwnerReferences = [new OwnerReference { ApiVersion = reference.ApiVersion, Kind = key.Kind, Name = key.Name, Uid = key.Uid }] },
            Spec = new WorkloadReportSpec { Workload = reference },
            Report = report,
        };
        var budget = new ReportBudget(budgetBytes);
        budget.Spend(JsonSerializer.SerializeToUtf8Bytes(bare, ResourceJson.Default.WorkloadReport).Length);
        ImmutableArray<string> lines =
        [
            .. images.SelectMany(image => image.Top)
                .OrderByDescending(finding => finding.PriorityOn(context))
                .ThenByDescending(finding => finding.Evidence.Exploitation)
                .ThenByDescending(finding => finding.Evidence.Automatable)
                .ThenByDescending(finding => finding.Severity)
                .ThenBy(finding => finding.Text, StringComparer.Ordinal)
                .ThenBy(finding => finding.Path, StringComparer.Ordinal)
                .Select(finding => $"{finding.PriorityOn(context)} {finding.Text} {InputsOf(finding, standing)} {finding.Path}")
                .Distinct(StringComparer.Ordinal)
                .Take(MostFindings)
                .TakeWhile(budget.TryTake),
        ];
        return bare with { Report = report with { Findings = lines, Cut = images.Sum(image => image.Findings) - lines.Length } };
    }

    // Pods may name their owner under several versions of its kind: v1 before v1beta1, v2 before v1.
    private static WorkloadReference ReferenceOf(WorkloadKey key, IReadOnlyList<RunningPod> pods) => new()
    {
        ApiVersion = pods.Select(pod => pod.ApiVersion).Distinct(StringComparer.Ordinal).OrderBy(version => version.Length).ThenByDescending(version => version, StringComparer.Ordinal).First(),
        Kind = key.Kind,
        Name = key.Name,
        Above = [.. pods.Select(pod => pod.Above).OrderByDescending(above => above.Length).First().Take(MostAbove)],
    };

    private static IEnumerable<string> ContainerLines(IReadOnlyList<RunningPod> pods, IReadOnlyDictionary<ImageKey, ImageFacts> facts) =>
        pods.SelectMany(pod => pod.Containers)
            .Select(container => string.Join(
                ' ',
                container.Container.Class,
                container.Container.Name,
                container.Container.Image.Length == 0 ? "-" : container.Container.Image,
                container.Image?.Digest.Value ?? "-",
                container.Image?.Platform.ToString() ?? "-",
                container.Image is { } image && facts.TryGetValue(image, out var known) ? known.Reason : container.Problem ?? nameof(ImageState.Pending)))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    private static CoverageCounts CoverageOf(IReadOnlyList<RunningPod> pods, List<ImageFacts> images)
    {
        // A container whose image is not known yet counts by the name in its spec.
        var unresolved = pods.SelectMany(pod => pod.Containers)
            .Where(container => container.Image is null)
            .DistinctBy(container => container.Container.Image, StringComparer.Ordinal)
            .Select(container => container.Unknown);
        var read = images.Where(image => image.State == ImageState.Inventoried).ToList();
        var states = images.Select(image => image.State).Concat(unresolved).CountBy(state => state).ToDictionary(pair => pair.Key, pair => pair.Value);
        return new CoverageCounts
        {
            Discovered = states.Values.Sum(),
            Inventoried = read.Count,
            Checked = read.Count(image => image.Checked?.State == CheckState.Complete),
            Partly = read.Count(image => image.Checked?.State == CheckState.Partly),
            Unchecked = read.Count(image => !image.IsChecked),
            Pending = states.GetValueOrDefault(ImageState.Pending),
            Failed = states.GetValueOrDefault(ImageState.Failed),
            Unsupported = states.GetValueOrDefault(ImageState.Unsupported),
        };
    }

    private static CheckedReport? CheckedOf(List<ImageFacts> images)
    {
        var coverages = images.Select(image => image.Checked).OfType<CheckCoverage>().ToList();
        if (coverages.Count == 0)
        {
            return null;
        }

        var report = CheckedReport.Of(CheckCoverage.Sum(coverages));
        return coverages.Count < images.Count && report.State == nameof(CheckState.Complete) ? report with { State = nameof(CheckState.Partly) } : report;
    }

    private static PriorityCounts CountPriorities(List<ImageFacts> images, DeployerContext context)
    {
        var counts = images.SelectMany(image => image.Buckets)
            .GroupBy(bucket => bucket.PriorityOn(context))
            .ToDictionary(group => group.Key, group => group.Sum(bucket => bucket.Count));
        return new PriorityCounts
        {
            Immediate = counts.GetValueOrDefault(Priority.Immediate),
            OutOfCycle = counts.GetValueOrDefault(Priority.OutOfCycle),
            Scheduled = counts.GetValueOrDefault(Priority.Scheduled),
            Defer = counts.GetValueOrDefault(Priority.Defer),
        };
    }

    /// <summary>The four inputs of the decision and where each came from; the path of the exposure is in the report.</summary>
    private static string InputsOf(PressingFinding finding, WorkloadContext standing) =>
        $"[exploitation={finding.Evidence.Exploitation}({finding.Evidence.ExploitationFrom})"
        + $" exposure={standing.Context.Exposure}({standing.ExposureFrom})"
        + $" automatable={(finding.Evidence.Automatable ? "Yes" : "No")}({finding.Evidence.AutomatableFrom})"
        + $" impact={standing.Impact}({standing.ImpactFrom}){(finding.Ended ? " ended" : "")}]";

    // A cycle that has ended is to be left at the next maintenance, also where no flaw is known yet.
    private static Priority? MostUrgent(PriorityCounts counts, List<LifecycleStatus> lifecycles) => counts switch
    {
        { Immediate: > 0 } => Priority.Immediate,
        { OutOfCycle: > 0 } => Priority.OutOfCycle,
        { Scheduled: > 0 } => Priority.Scheduled,
        _ when lifecycles.Exists(status => status.State == LifecycleState.EndOfLife) => Priority.Scheduled,
        { Defer: > 0 } => Priority.Defer,
        _ => null,
    };

    private static FindingCounts Sum(List<ImageFacts> images) => new()
    {
        Malicious = images.Sum(image => image.Counts.Malicious),
        Critical = images.Sum(image => image.Counts.Critical),
        High = images.Sum(image => image.Counts.High),
        Medium = images.Sum(image => image.Counts.Medium),
        Low = images.Sum(image => image.Counts.Low),
        Unknown = images.Sum(image => image.Counts.Unknown),
        KnownExploited = images.Sum(image => image.Counts.KnownExploited),
        Fixable = images.Sum(image => image.Counts.Fixable),
        EndOfLife = images.Sum(image => image.Counts.EndOfLife),
        SetAside = images.Sum(image => image.Counts.SetAside),
    };
}
