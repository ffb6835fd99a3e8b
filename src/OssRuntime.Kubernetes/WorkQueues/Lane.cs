namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>How urgent a key is.</summary>
public enum Lane
{
    /// <summary>Backlog: the objects found at start, everything again after a new database.</summary>
    Low,

    /// <summary>Something has just happened.</summary>
    Normal,

    /// <summary>Somebody waits for it. Whoever asks for this lane bounds how often.</summary>
    High,
}
