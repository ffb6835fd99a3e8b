using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Metrics;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Workloads;

/// <summary>
/// Writes the report of a workload from its pods and what is known of their images, and takes it away when nothing of it runs. A report of ours is never replaced by one
/// that knows less: it stays until its images have been looked at again.
/// </summary>
internal sealed class WorkloadReconciler(
    RunningPods running, PodBacklog backlog, Store<WorkloadReport> stored, WorkloadAssessor assessor, WorkloadWriter writer, WorkloadMetrics metrics, ReportSeal seal, TimeProvider time)
    : IReconciler<WorkloadKey>
{
    // An owner that cannot be read for so long will not be read soon: then what is known is said under the name that is known.
    private static readonly TimeSpan LongestDoubt = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(1);

    public async Task<Result> ReconcileAsync(WorkloadKey key, CancellationToken cancel)
    {
        // Asked before the pods are: those that come in between are no part of them.
        var complete = backlog.Done.IsCompleted;
        var pods = running.Of(key);
        var stands = stored.Get(new ObjectKey(key.Namespace, key.ReportName));
        var mine = stands is not null && IsAbout(stands, key) ? stands : null;
        if (pods.Count == 0)
        {
            return await ForgetAsync(key, mine, complete, cancel);
        }

        var known = assessor.FactsOf(pods);
        if (mine is not null && (!complete || IsWaitedFor(pods, known)))
        {
            // After a restart the report that is there stays until every pod and every image has had its turn; each of them calls again. Nobody is alerted, or not, by one
            // that somebody else wrote.
            Restore(key, mine);
            return Result.Done;
        }

        var assessment = assessor.Assess(key, pods, known, mine);
        if (mine is not null && KnowsLess(assessment, mine))
        {
            Restore(key, mine);
            await writer.WriteStaleAsync(mine, [.. assessment.Images.Where(image => image.IsRemembered)], cancel);
            return Result.Done;
        }

        // What is known is exported also where the report cannot be written.
        metrics.Set(key, assessment.Report.Report!, assessment.Images);
        if (stands is not null && mine is null && stands.WorkloadKey is { } holder && holder != key && running.Of(holder).Count > 0)
        {
            // Another that lives has the name. When its pods are gone its report calls for this one.
            return Result.Done;
        }

        if (mine is null && pods.All(pod => time.GetUtcNow() - pod.InDoubtSince < LongestDoubt))
        {
            return Result.After(LookAgain);
        }

        await writer.WriteAsync(key, assessment.Report, pods, stands, cancel);
        return Result.Done;
    }

    // An image that is being read for the first time since the start is no news where a report has it already.
    private static bool IsWaitedFor(IReadOnlyList<RunningPod> pods, IReadOnlyDictionary<ImageKey, ImageFacts> known) =>
        pods.SelectMany(RunningPods.ImagesOf).Any(image => !known.TryGetValue(image, out var facts) || facts is { State: ImageState.Pending, IsRemembered: true });

    // The same images, and of one of them only what the report was made of.
    private bool KnowsLess(WorkloadAssessment now, WorkloadReport before) =>
        before.Report is { } report
        && seal.Holds(before)
        && now.Images.Any(image => image.IsRemembered)
        && now.Report.Report!.Images.SequenceEqual(report.Images, StringComparer.Ordinal);

    private void Restore(WorkloadKey key, WorkloadReport mine)
    {
        if (mine.Report is { } before && seal.Holds(mine))
        {
            metrics.Restore(key, before);
        }
    }

    private async Task<Result> ForgetAsync(WorkloadKey key, WorkloadReport? mine, bool complete, CancellationToken cancel)
    {
        if (mine is not null && complete && running.IsInDoubt(key.Namespace))
        {
            // A pod whose owner cannot be read may be one of this workload's.
            return Result.After(LookAgain);
        }

        metrics.Remove(key);
        if (mine is not null && complete)
        {
            await writer.DeleteAsync(mine, cancel);
        }

        return Result.Done;
    }

    // A workload that was deleted and made anew has the same report name; the owner's uid tells them apart.
    private static bool IsAbout(WorkloadReport report, WorkloadKey key) =>
        report.Metadata.OwnerReferences?.Any(owner => owner.Uid == key.Uid) == true;
}
