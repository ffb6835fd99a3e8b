namespace OssRuntime.Kubernetes.Api;

internal sealed record ResourceEntry
{
    public string Name { get; init; } = "";

    public string Kind { get; init; } = "";

    public bool Namespaced { get; init; }
}
