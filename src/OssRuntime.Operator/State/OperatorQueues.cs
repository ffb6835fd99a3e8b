using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.State;

/// <summary>The queues between the controllers. They carry keys, never data.</summary>
/// <param name="environment">Clock and metrics.</param>
/// <param name="images">On whose behalf images are read.</param>
/// <param name="imageWorkers">How many are read at a time.</param>
internal sealed class OperatorQueues(ControllerEnvironment environment, ImageGroups images, int imageWorkers) : IDisposable
{
    /// <summary>What happened: it is put into what is known, and then asks for work in the other queues.</summary>
    public WorkQueue<ClusterEvent> Events { get; } = new("event", environment);

    /// <summary>Pods whose images and workload are to be found.</summary>
    public WorkQueue<ObjectKey> Pods { get; } = new("pod", environment);

    /// <summary>Images that need an inventory. Namespaces take turns, and none has all workers: what its registries and images do holds up its own alone.</summary>
    public WorkQueue<ImageKey> Inventories { get; } = new("inventory", environment, new WorkQueueOptions { MostOfGroup = Math.Max(1, imageWorkers - 1) }, images);

    /// <summary>Images whose findings are to be computed and written.</summary>
    public WorkQueue<ImageKey> Findings { get; } = new("findings", environment);

    /// <summary>Workloads whose report is to be written.</summary>
    public WorkQueue<WorkloadKey> Workloads { get; } = new("workload", environment);

    /// <summary>One key: whatever changed what can be reached.</summary>
    public WorkQueue<string> Exposures { get; } = new("exposure", environment);

    /// <summary>Policies and exceptions whose status is to be written.</summary>
    public WorkQueue<DecisionKey> Decisions { get; } = new("decision", environment);

    /// <summary>Asks for the reports of the workloads that the pods belong to.</summary>
    public void AddWorkloadsOf(IEnumerable<RunningPod> pods, Lane lane = Lane.Normal)
    {
        foreach (var workload in pods.Select(pod => pod.Workload).Distinct())
        {
            Workloads.Add(workload, lane);
        }
    }

    public void Dispose()
    {
        Events.Dispose();
        Pods.Dispose();
        Inventories.Dispose();
        Findings.Dispose();
        Workloads.Dispose();
        Exposures.Dispose();
        Decisions.Dispose();
    }
}
