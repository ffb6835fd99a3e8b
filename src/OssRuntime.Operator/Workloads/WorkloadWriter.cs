using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;
using OssRuntime.Operator.Integrity;
using OssRuntime.Model.Coverage;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Knowledge;
using OssRuntime.Operator.Metrics;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Workloads;

/// <summary>Writes WorkloadReport objects: content and conditions.</summary>
internal sealed class WorkloadWriter(Applier<WorkloadReport> applier, ReportSeal seal, WriteMetrics metrics, TimeProvider time)
{
    private readonly SealedApplier<WorkloadReport> _sealed = new(applier, seal, ResourceJson.Default.WorkloadReport);

    /// <summary>Writes a report.</summary>
    public Task WriteAsync(WorkloadKey key, WorkloadReport report, IReadOnlyList<RunningPod> pods, WorkloadReport? before, CancellationToken cancel) =>
        metrics.WatchAsync(WorkloadReport.Resource.Kind, new ObjectKey(key.Namespace, key.ReportName), async () =>
        {
            var name = new ObjectKey(key.Namespace, key.ReportName);
            var applied = await _sealed.ApplyAsync(name, report, cancel, report.Metadata.OwnerReferences);
            await ApplyStatusAsync(name, applied, ConditionsOf(report.Report!, pods, before, applied), cancel);
        });

    /// <summary>Says of a report that stays why it is not of now.</summary>
    public Task WriteStaleAsync(WorkloadReport report, IReadOnlyList<ImageFacts> unread, CancellationToken cancel) =>
        metrics.WatchAsync(WorkloadReport.Resource.Kind, report.Key, () =>
        {
            var conditions = new ConditionList(report.Status?.Conditions, report.Metadata.Generation, time.GetUtcNow());
            foreach (var kept in report.Status?.Conditions.Where(condition => condition.Type != ConditionType.Covered) ?? [])
            {
                conditions.Add(kept.Type, kept.Status switch { "True" => true, "False" => false, _ => null }, kept.Reason, kept.Message);
            }

            conditions.Add(
                ConditionType.Covered,
                false,
                unread[0].Reason == DatabaseAbsence.Reason ? DatabaseAbsence.Reason : "ImagesUnreadable",
                $"stale: the report is of before, because {unread.Count} of {report.Report!.Images.Length} images cannot be judged now: {unread[0].Reason}: {unread[0].Message}");
            return ApplyStatusAsync(report.Key, report, conditions, cancel);
        });

    public async Task DeleteAsync(WorkloadReport report, CancellationToken cancel)
    {
        await applier.DeleteAsync(report.Key, cancel);
        metrics.Forget(WorkloadReport.Resource.Kind, report.Key);
    }

    private Task ApplyStatusAsync(ObjectKey name, WorkloadReport? applied, ConditionList conditions, CancellationToken cancel) => applier.ApplyStatusAsync(
        name, new WorkloadStatus { ObservedGeneration = applied?.Metadata.Generation, Conditions = conditions.Build() }, ResourceJson.Default.WorkloadStatus, cancel);

    private ConditionList ConditionsOf(WorkloadReportBody report, IReadOnlyList<RunningPod> pods, WorkloadReport? before, WorkloadReport? applied)
    {
        var coverage = report.Coverage;
        var conditions = new ConditionList(before?.Status?.Conditions, applied?.Metadata.Generation, time.GetUtcNow())
            .Add(
                ConditionType.Covered,
                coverage.Inventoried == coverage.Discovered && coverage.Unchecked == 0,
                ReasonOf(coverage),
                $"{coverage.Inventoried} of {coverage.Discovered} images have an inventory{(coverage.Unchecked > 0 ? $"; nothing in {coverage.Unchecked} of them could be checked" : "")}");
        AddMatched(conditions, report);
        conditions.AddTruncated(report.Counts is not null, report.Cut, "MostPressingOnly", $"{report.Cut} findings are in the images' ImageInventory objects");
        AddExposure(conditions, report);
        if (pods.Select(pod => pod.OwnerProblem).OfType<string>().Order(StringComparer.Ordinal).FirstOrDefault() is { } problem)
        {
            conditions.Add(ConditionType.OwnersRead, false, "OwnerUnreadable", $"what stands above this workload is not known; it is read again later: {problem}");
        }

        return conditions;
    }

    private static void AddMatched(ConditionList conditions, WorkloadReportBody report)
    {
        CheckState? state = Enum.TryParse<CheckState>(report.Checked?.State, out var told) ? told : null;
        var others = state == CheckState.Partly && report.Coverage.Inventoried < report.Coverage.Discovered ? "; other images were not read" : "";
        conditions.AddMatched(state, (report.Checked?.Read().Sentence ?? "no image was read yet") + others);
    }

    private static void AddExposure(ConditionList conditions, WorkloadReportBody report)
    {
        if (report.Exposure is not { } level)
        {
            return;
        }

        var uncertain = report.ExposureUncertain;
        conditions.Add(
            ConditionType.ExposureUnderstood,
            uncertain.IsEmpty,
            uncertain.IsEmpty ? "NothingUnread" : "MayBeFarther",
            uncertain.IsEmpty ? "everything that is known to lead traffic was understood" : $"{level}, may be {report.ExposureAtMost}: {uncertain[0]}{(uncertain.Length > 1 ? $" and {uncertain.Length - 1} more" : "")}");
    }

    private static string ReasonOf(CoverageCounts coverage) => coverage switch
    {
        { Failed: > 0 } => "ImagesFailed",
        { Unsupported: > 0 } => "ImagesUnsupported",
        { Pending: > 0 } => "ImagesPending",
        { Unchecked: > 0 } => "ImagesNotChecked",
        _ => "AllImagesInventoried",
    };
}
