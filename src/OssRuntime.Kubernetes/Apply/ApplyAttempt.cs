namespace OssRuntime.Kubernetes.Apply;

/// <summary>One apply that was sent, as long as the store has not caught up with it. Guarded by the memory's lock.</summary>
internal sealed class ApplyAttempt<T>(string hash)
{
    public string Hash { get; } = hash;

    /// <summary>The server's answer; null while it is under way.</summary>
    public T? Answer { get; set; }

    /// <summary>The server will never take it.</summary>
    public bool Refused { get; set; }

    /// <summary>The newest version of the object that the store has shown since.</summary>
    public ulong NewestSeen { get; set; }
}
