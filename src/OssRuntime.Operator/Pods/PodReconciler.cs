using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.State;
using OssRuntime.Operator.Workloads;

namespace OssRuntime.Operator.Pods;

/// <summary>Keeps <see cref="RunningPods"/> equal to the pods: who owns each, and which image runs in each of its containers.</summary>
internal sealed class PodReconciler(
    Store<PodView> pods, NodePlatforms nodes, OwnerWalk owners, RunningPods running, PodBacklog backlog, OperatorQueues queues, IReadOnlySet<string> excludedNamespaces)
    : IReconciler<ObjectKey>
{
    public async Task<Result> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        var pod = pods.Get(key);
        var touched = pod is null || pod.Finished || excludedNamespaces.Contains(pod.Key.Namespace ?? "")
            ? running.Remove(key)
            : running.Set(new RunningPod(pod, await owners.TopAsync(pod, cancel), ContainersOf(pod)));
        var lane = backlog.Complete(key) ? Lane.Low : Lane.Normal;
        foreach (var image in touched.Images)
        {
            queues.Inventories.Add(image, lane);
        }

        foreach (var workload in touched.Workloads)
        {
            queues.Workloads.Add(workload, lane);
        }

        return Result.Done;
    }

    private ImmutableArray<RunningContainer> ContainersOf(PodView pod)
    {
        var platform = nodes.Of(pod.Node);
        return [.. pod.Containers.Select(container => Resolve(container, platform))];
    }

    private static RunningContainer Resolve(PodContainer container, Platform? platform)
    {
        if (container.ImageId.Length == 0)
        {
            return new RunningContainer(container, null, ImageState.Pending, container.Waiting ?? "NotStarted");
        }

        if (ImageIdentity.References(container.Image, container.ImageId, out _) is not [{ Digest: { } digest }, ..])
        {
            return new RunningContainer(container, null, ImageState.Unsupported, "NoRepositoryDigest");
        }

        return platform is null
            ? new RunningContainer(container, null, ImageState.Pending, "UnknownPlatform")
            : new RunningContainer(container, new ImageKey(digest, platform));
    }
}
