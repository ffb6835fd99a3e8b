using OssRuntime.Kubernetes.Environment;
using OssRuntime.Operator.Integrity;

namespace OssRuntime.Operator.State;

/// <summary>What is known now, in memory: it is made anew from the cluster, the store and the database at each start.</summary>
internal sealed class OperatorState : IDisposable
{
    /// <summary>Begins with nothing.</summary>
    /// <param name="environment">Clock and metrics.</param>
    /// <param name="keys">The keys of seals.</param>
    /// <param name="approvals">Which approvals count.</param>
    /// <param name="imageWorkers">How many images are read at a time.</param>
    public OperatorState(ControllerEnvironment environment, SealKeys keys, IApprovals approvals, int imageWorkers)
    {
        Policies = new PolicySet(keys);
        Exceptions = new ExceptionSet(approvals, environment.Time);
        ImageGroups = new ImageGroups(Running);
        Queues = new OperatorQueues(environment, ImageGroups, imageWorkers);
    }

    /// <summary>What runs.</summary>
    public RunningPods Running { get; } = new();

    /// <summary>What is known of the images.</summary>
    public FactsIndex Facts { get; } = new();

    /// <summary>The pods of the start that were not looked at yet.</summary>
    public PodBacklog Backlog { get; } = new();

    /// <summary>The images whose last reading failed.</summary>
    public InventoryAttempts Attempts { get; } = new();

    /// <summary>The policies in force.</summary>
    public PolicySet Policies { get; }

    /// <summary>The exceptions.</summary>
    public ExceptionSet Exceptions { get; }

    /// <summary>On whose behalf images are read.</summary>
    public ImageGroups ImageGroups { get; }

    /// <summary>What is to be done.</summary>
    public OperatorQueues Queues { get; }

    public void Dispose() => Queues.Dispose();
}
