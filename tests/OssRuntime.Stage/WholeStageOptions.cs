namespace OssRuntime.Stage;

/// <summary>What a whole stage has.</summary>
public sealed record WholeStageOptions
{
    /// <summary>Whether workloads use images of public registries; then nothing is built and no registry is started.</summary>
    public bool PublicImages { get; init; }

    /// <summary>Whether pods really run, instead of being played.</summary>
    public bool WithNode { get; init; }

    /// <summary>Whether the API server writes each request down; only of servers that are started here.</summary>
    public bool Audited { get; init; }
}
