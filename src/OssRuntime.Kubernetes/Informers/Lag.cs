namespace OssRuntime.Kubernetes.Informers;

/// <summary>Since when a store no longer follows the server: from the first list or watch that failed until the next that does not.</summary>
internal sealed class Lag(TimeProvider time)
{
    private long _since;

    /// <summary>How long; null where it follows.</summary>
    public TimeSpan? Behind => Volatile.Read(ref _since) is var since and not 0 ? time.GetElapsedTime(since) : null;

    public void Follows() => Volatile.Write(ref _since, 0);

    public void Fails() => Interlocked.CompareExchange(ref _since, time.GetTimestamp(), 0);
}
