namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>How a queue waits.</summary>
public sealed record WorkQueueOptions
{
    /// <summary>The wait of a key that failed. 1 s doubling to 10 min by default: a retry usually costs a request to somebody else's server.</summary>
    public Backoff Backoff { get; init; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), 0.2);

    /// <summary>After so many keys of the normal lane in a row, one of the low lane is taken, so that constant news never starves the backlog.</summary>
    public int NormalsInARow { get; init; } = 16;

    /// <summary>How many keys of one group may be worked on at a time, where keys have groups.</summary>
    public int MostOfGroup { get; init; } = int.MaxValue;
}
