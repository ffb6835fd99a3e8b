namespace OssRuntime.Kubernetes.Api;

internal sealed record ListMeta
{
    public string ResourceVersion { get; init; } = "";

    public string? Continue { get; init; }
}
