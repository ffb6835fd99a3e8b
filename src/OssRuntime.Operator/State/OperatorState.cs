using OssRuntime.Kubernetes.Environment;
using OssRuntime.Operator.Integrity;

namespace OssRuntime.Operator.State;

/// <summary>What is known now, in memory: it is made anew from the cluster, the store and the database at each start.</summary>
internal sealed class OperatorState(ControllerEnvironment environment, SealKeys keys, IApprovals approvals) : IDisposable
{
    /// <summary>What runs.</summary>
    public RunningPods Running { get; } = new();

    /// <summary>What is known of the images.</summary>
    public FactsIndex Facts { get; } = new();

    /// <summary>The pods of the start that were not looked at yet.</summary>
    public PodBacklog Backlog { get; } = new();

    /// <summary>The images whose last reading failed.</summary>
    public InventoryAttempts Attempts { get; } = new();

    /// <summary>The policies in force.</summary>
    public PolicySet Policies { get; } = new(keys);

    /// <summary>The exceptions.</summary>
    public ExceptionSet Exceptions { get; } = new(approvals, environment.Time);

    /// <summary>What is to be done.</summary>
    public OperatorQueues Queues { get; } = new(environment);

    public void Dispose() => Queues.Dispose();
}
