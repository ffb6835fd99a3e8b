namespace OssRuntime.Kubernetes.Apply;

/// <summary>Whether somebody should look.</summary>
public enum EventType
{
    /// <summary>For information.</summary>
    Normal,

    /// <summary>Something is not as it should be.</summary>
    Warning,
}
