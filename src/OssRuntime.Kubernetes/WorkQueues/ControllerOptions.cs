namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>How a controller works.</summary>
public sealed record ControllerOptions
{
    /// <summary>How many keys are worked on at once.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>How long one reconciliation may take before it is cancelled and tried again later.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long reconciliations in hand may go on after the controller was told to stop. Kubernetes kills a pod after 30 s by default.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);
}
