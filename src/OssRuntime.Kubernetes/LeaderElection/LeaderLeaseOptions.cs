namespace OssRuntime.Kubernetes.LeaderElection;

/// <summary>The times of a lease; client-go's values. Each must be shorter than the one before.</summary>
public sealed record LeaderLeaseOptions
{
    /// <summary>How long others leave an unrenewed lease alone. Whole seconds.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long after its last renewal a leader stops to be one.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long between two tries.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);
}
