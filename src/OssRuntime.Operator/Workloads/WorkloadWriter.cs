using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Workloads;

/// <summary>Writes WorkloadReport objects: content and conditions.</summary>
internal sealed class WorkloadWriter(Applier<WorkloadReport> applier, ReportSeal seal, TimeProvider time)
{
    private readonly SealedApplier<WorkloadReport> _sealed = new(applier, seal, ResourceJson.Default.WorkloadReport);

    public async Task WriteAsync(WorkloadKey key, WorkloadReport report, WorkloadReport? before, CancellationToken cancel)
    {
        var name = new ObjectKey(key.Namespace, key.ReportName);
        var applied = await _sealed.ApplyAsync(name, report, cancel, report.Metadata.OwnerReferences);
        var coverage = report.Report!.Coverage;
        var cut = report.Report.Cut;
        var conditions = new ConditionList(before?.Status?.Conditions, applied?.Metadata.Generation, time.GetUtcNow())
            .Add(ConditionType.Covered, coverage.Inventoried == coverage.Discovered, ReasonOf(coverage), $"{coverage.Inventoried} of {coverage.Discovered} images have an inventory")
            .Add(ConditionType.Truncated, cut > 0, cut > 0 ? "MostPressingOnly" : "Complete", cut > 0 ? $"{cut} findings are in the images' ImageInventory objects" : "every finding is listed")
            .Build();
        await applier.ApplyStatusAsync(
            name, new WorkloadStatus { ObservedGeneration = applied?.Metadata.Generation, Conditions = conditions }, ResourceJson.Default.WorkloadStatus, cancel);
    }

    public Task DeleteAsync(WorkloadReport report, CancellationToken cancel) => applier.DeleteAsync(report.Key, cancel);

    private static string ReasonOf(CoverageCounts coverage) => coverage switch
    {
        { Failed: > 0 } => "ImagesFailed",
        { Unsupported: > 0 } => "ImagesUnsupported",
        { Pending: > 0 } => "ImagesPending",
        _ => "AllImagesInventoried",
    };
}
