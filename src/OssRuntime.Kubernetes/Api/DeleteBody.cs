namespace OssRuntime.Kubernetes.Api;

internal sealed record DeleteBody(Preconditions? Preconditions, string PropagationPolicy)
{
    public string ApiVersion { get; } = "v1";

    public string Kind { get; } = "DeleteOptions";
}
