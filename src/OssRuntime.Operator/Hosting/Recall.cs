using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Operator.UnknownImages;

namespace OssRuntime.Operator.Hosting;

/// <summary>What is looked at anew when something else than itself has changed: only queued here, behind whatever is new, and asked of no registry.</summary>
/// <param name="running">What runs.</param>
/// <param name="pods">The pods.</param>
/// <param name="images">The images' objects as anybody wrote them.</param>
/// <param name="queues">Where it is queued.</param>
internal sealed class Recall(RunningPods running, Store<PodView> pods, Store<ImageInventory> images, OperatorQueues queues)
{
    // Between an object and its status.
    private static readonly TimeSpan WrittenByThen = TimeSpan.FromSeconds(2);

    /// <summary>Every image that runs, or that may be wanted at admission any time: a new generation, or other rules.</summary>
    public void Images() => Queue(running.Images.Concat(Written));

    /// <summary>All workloads of a namespace, for which holds what it declares and what is accepted in it; null is every namespace.</summary>
    public void Workloads(string? @namespace) =>
        Queue(running.All.Select(pod => pod.Workload).Where(workload => @namespace is null || workload.Namespace == @namespace).Distinct());

    /// <summary>The pods on a node: one may be seen before its node has said its platform.</summary>
    public IEnumerable<ObjectKey> PodsOn(NodeView node) => pods.Snapshot().Where(pod => pod.Node == node.Key.Name).Select(pod => pod.Key);

    /// <summary>
    /// An object that somebody else has changed, since replicas answer at admission from what the objects say; ours look like that for a moment too.
    /// </summary>
    public void PutRight(ImageInventory? resource, ReportSeal seal)
    {
        if (resource is not null && (resource.Drifted || !seal.Holds(resource) || (resource.Status is not null && seal.StatusOf(resource) is null)) && ImageKey.Of(resource) is { } key)
        {
            queues.Findings.AddAfter(key, WrittenByThen, Lane.Low);
        }
    }

    /// <summary>An image that was asked for at admission is read first in line: somebody waits for it.</summary>
    public void Ask(ImageInventory? resource, SealKeys keys)
    {
        if (resource is { Report: null } && AskedFor.Of(resource, keys) is not null && ImageKey.Of(resource) is { } key)
        {
            queues.Inventories.Add(key, Lane.High);
        }
    }

    /// <summary>What is left over from before: reports of workloads that are gone, and images that no pod runs any more.</summary>
    public void LeftOver(IEnumerable<WorkloadReport> reports)
    {
        Queue(reports.Select(WorkloadKeys.Of).OfType<WorkloadKey>());
        Queue(Written);
    }

    private IEnumerable<ImageKey> Written => images.Snapshot().Select(ImageKey.Of).OfType<ImageKey>();

    private void Queue(IEnumerable<ImageKey> keys)
    {
        foreach (var key in keys)
        {
            queues.Findings.Add(key, Lane.Low);
        }
    }

    private void Queue(IEnumerable<WorkloadKey> keys)
    {
        foreach (var key in keys)
        {
            queues.Workloads.Add(key, Lane.Low);
        }
    }
}
