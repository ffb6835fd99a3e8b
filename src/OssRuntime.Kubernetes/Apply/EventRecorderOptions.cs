namespace OssRuntime.Kubernetes.Apply;

/// <summary>How events are written.</summary>
public sealed record EventRecorderOptions
{
    /// <summary>Who reports, as a qualified name.</summary>
    public string Controller { get; init; } = "ossruntime.io/operator";

    /// <summary>Which of its instances: the pod's name. At most 128 bytes.</summary>
    public string Instance { get; init; } = "ossruntime";

    /// <summary>How many events may wait to be written; further ones are dropped and counted.</summary>
    public int Capacity { get; init; } = 1000;
}
