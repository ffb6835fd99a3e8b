namespace OssRuntime.Kubernetes.Api;

internal sealed record GroupVersion
{
    public string Version { get; init; } = "";
}
