using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Pods;

/// <summary>Keeps <see cref="RunningPods"/> equal to the pods: who owns each, and which image runs in each of its containers.</summary>
internal sealed class PodReconciler(
    Store<PodView> pods, NodePlatforms nodes, OwnerWalk owners, RunningPods running, PodBacklog backlog, OperatorQueues queues, PodReconcilerOptions options)
    : IReconciler<ObjectKey>
{
    private static readonly TimeSpan AskOwnersAgain = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AskInDoubt = TimeSpan.FromSeconds(10);

    public async Task<Result> ReconcileAsync(ObjectKey key, CancellationToken cancel)
    {
        try
        {
            return await LookAsync(key, cancel);
        }
        finally
        {
            // Looked at once, whatever came of it: one bad pod must not keep the start open for all.
            backlog.Complete(key);
        }
    }

    private async Task<Result> LookAsync(ObjectKey key, CancellationToken cancel)
    {
        var lane = backlog.Holds(key) ? Lane.Low : Lane.Normal;
        if (pods.Get(key) is not { Finished: false } pod || options.ExcludedNamespaces.Contains(pod.Key.Namespace ?? ""))
        {
            Queue(running.Remove(key), lane);
            return Result.Done;
        }

        var chain = await owners.WalkAsync(pod, cancel);
        Queue(running.Set(Of(pod, chain)), lane);
        return chain.Problem is null ? Result.Done : Result.After(chain.IsInDoubt ? AskInDoubt : AskOwnersAgain);
    }

    private void Queue(Touched touched, Lane lane)
    {
        foreach (var image in touched.Images)
        {
            queues.Inventories.Add(image, lane);
        }

        foreach (var workload in touched.Workloads)
        {
            queues.Workloads.Add(workload, lane);
        }
    }

    private RunningPod Of(PodView pod, OwnerChain chain)
    {
        var platform = nodes.Of(pod.Node);
        ImmutableArray<RunningContainer> containers = [.. pod.Containers.Select(container => Resolve(container, platform))];
        var @namespace = pod.Key.Namespace ?? "";
        return chain.Workload is not { } workload
            ? new RunningPod(pod, new WorkloadKey(@namespace, "", PodView.Resource.Kind, pod.Key.Name, pod.Uid), containers)
            : new RunningPod(pod, new WorkloadKey(@namespace, WorkloadKey.GroupOf(workload.ApiVersion), workload.Kind, workload.Name, workload.Uid), containers)
            {
                ApiVersion = workload.ApiVersion,
                Above = chain.Above,
                OwnerProblem = chain.Problem,
                InDoubtSince = chain.IsInDoubt ? running.Find(pod.Key)?.InDoubtSince ?? options.Time.GetUtcNow() : null,
            };
    }

    private static string NameOf(string image) => ImageReference.TryParse(image, out var read, out _) ? read!.ToString() : image;

    private static RunningContainer Resolve(PodContainer container, Platform? platform)
    {
        if (container.ImageId.Length == 0)
        {
            return new RunningContainer(container, null, ImageState.Pending, container.Waiting ?? "NotStarted");
        }

        // The digest is that of the image before, and the one that is waited for is another.
        if (container is { Waiting: { } why, StatusImage.Length: > 0 } && NameOf(container.StatusImage) != NameOf(container.Image))
        {
            return new RunningContainer(container, null, ImageState.Pending, why);
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
