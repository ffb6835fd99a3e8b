namespace OssRuntime.Kubernetes.Api;

/// <summary>What must hold of the stored object for a deletion to happen; else the server answers with a conflict.</summary>
public sealed record Preconditions
{
    /// <summary>The identity it must have.</summary>
    public string? Uid { get; init; }

    /// <summary>The version it must have.</summary>
    public string? ResourceVersion { get; init; }
}
