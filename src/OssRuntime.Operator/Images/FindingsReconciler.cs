using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Images;

/// <summary>
/// Sees to it that what is dangerous in an image is known and told. It needs the store and the database and never a registry, so that a new database or a passing day is
/// followed at once.
/// </summary>
internal sealed class FindingsReconciler(RunningPods running, PodBacklog backlog, Store<ImageInventory> stored, ImageReporter reporter, UnusedImages unused)
    : IReconciler<ImageKey>
{
    public async Task<Result> ReconcileAsync(ImageKey key, CancellationToken cancel)
    {
        // Asked before the pods are: those that come in between are no part of them.
        var telling = MayBePartial(key) ? Telling.ThisProcess : Telling.Everybody;
        var pods = running.Of(key);
        if (pods.Count > 0)
        {
            return await reporter.ReportAsync(key, NameOf(key, pods), pods, telling, null, cancel);
        }

        // Who knows only some of the pods concludes nothing from their silence; what is left over is looked at again.
        return telling == Telling.ThisProcess ? Result.Done : await unused.KeepAsync(key, cancel);
    }

    /// <summary>
    /// After a restart the object that is there stays until all pods are known: an image's name depends on all that run it. What is left over from
    /// before is looked at again then.
    /// </summary>
    private bool MayBePartial(ImageKey key) => !backlog.Done.IsCompleted && stored.Get(new ObjectKey(null, key.ResourceName)) is not null;

    /// <summary>One name for the image, the same on every replica: the first by order.</summary>
    private static string NameOf(ImageKey key, IReadOnlyList<RunningPod> pods) =>
        pods.SelectMany(pod => pod.Containers).Where(container => container.Image == key).Min(container => container.Container.Image) ?? "";
}
