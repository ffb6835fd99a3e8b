using System.Collections.Immutable;
using OssRuntime.Advisories.Database;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Metrics;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Workloads;

/// <summary>Writes the report of a workload from its pods and what is known of their images, and takes it away when nothing of it runs.</summary>
internal sealed class WorkloadReconciler(
    RunningPods running,
    FactsIndex facts,
    WorkloadContexts standings,
    Violations violations,
    ExceptionSet exceptions,
    PodBacklog backlog,
    CurrentDatabase database,
    Store<WorkloadReport> written,
    WorkloadReportComposer composer,
    WorkloadWriter writer,
    WorkloadMetrics metrics,
    ReportSeal seal)
    : IReconciler<WorkloadKey>
{
    private const int MostViolations = 20;

    public async Task<Result> ReconcileAsync(WorkloadKey key, CancellationToken cancel)
    {
        // Asked before the pods are: those that come in between are no part of them.
        var complete = backlog.Done.IsCompleted;
        var pods = running.Of(key);
        var report = written.Get(new ObjectKey(key.Namespace, key.ReportName));
        if (pods.Count == 0)
        {
            await ForgetAsync(key, report, cancel);
            return Result.Done;
        }

        var images = pods.SelectMany(RunningPods.ImagesOf).Distinct().ToList();
        var known = images.Select(facts.Find).OfType<ImageFacts>().ToDictionary(image => image.Key);
        if ((known.Count < images.Count || !complete) && report is not null && IsAbout(report, key))
        {
            // After a restart the report that is there stays until every pod and every image has had its turn; each of them calls again. Nobody is alerted, or not, by one that somebody else wrote.
            if (report.Report is { } before && seal.Holds(report))
            {
                metrics.Restore(key, before);
            }

            return Result.Done;
        }

        var inForce = exceptions.InForce.ToList();
        foreach (var image in images.Where(image => !known.ContainsKey(image)))
        {
            known[image] = new ImageFacts { Key = image, State = ImageState.Pending, Reason = nameof(ImageState.Pending) };
        }

        foreach (var (scope, image) in PlacesOf(key, pods))
        {
            known[image] = AcceptableFinding.TakeOut(known[image], scope, inForce);
        }

        var standing = standings.Of(key, pods);
        var composed = StableGeneration.Of(composer.Compose(key, pods, known, database.Generation, standing, ViolationsOf(key, pods, known, standing)), report);
        await writer.WriteAsync(key, composed, report, cancel);
        metrics.Set(key, composed.Report!, known.Values);
        return Result.Done;
    }

    // An image that a workload runs under several names is looked at under the first.
    private static IEnumerable<(ExceptionScope Scope, ImageKey Image)> PlacesOf(WorkloadKey key, IReadOnlyList<RunningPod> pods) => pods
        .SelectMany(pod => pod.Containers)
        .Where(container => container.Image is not null)
        .GroupBy(container => container.Image!)
        .Select(group => (
            new ExceptionScope(key.Namespace, $"{key.Kind}/{key.Name}", group.Min(container => container.Container.Image) ?? "", group.Key.Digest.Value), group.Key));

    private ImmutableArray<string> ViolationsOf(
        WorkloadKey key, IReadOnlyList<RunningPod> pods, Dictionary<ImageKey, ImageFacts> known, WorkloadContext standing) =>
    [
        .. pods.SelectMany(pod => pod.Containers)
            .Where(container => container.Image is not null)
            .DistinctBy(container => (container.Image, container.Container.Image))
            .SelectMany(container => violations.Find(
                known[container.Image!].Hits,
                violations.PoliciesFor(key.Namespace, container.Container.Image),
                new ExceptionScope(key.Namespace, $"{key.Kind}/{key.Name}", container.Container.Image, container.Image!.Digest.Value),
                standing))
            .OrderByDescending(violation => violation.Rule.ReportSeverity)
            .ThenByDescending(violation => violation.Rule.Action)
            .Select(violation => violation.ReportLine)
            .Distinct(StringComparer.Ordinal)
            .Take(MostViolations),
    ];

    private async Task ForgetAsync(WorkloadKey key, WorkloadReport? report, CancellationToken cancel)
    {
        metrics.Remove(key);
        if (report is not null && IsAbout(report, key) && backlog.Done.IsCompleted)
        {
            await writer.DeleteAsync(report, cancel);
        }
    }

    // A workload that was deleted and made anew has the same report name; the owner's uid tells them apart.
    private static bool IsAbout(WorkloadReport report, WorkloadKey key) =>
        report.Metadata.OwnerReferences?.Any(owner => owner.Uid == key.Uid) == true;
}
