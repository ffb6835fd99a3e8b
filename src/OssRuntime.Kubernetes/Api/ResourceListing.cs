namespace OssRuntime.Kubernetes.Api;

// APIResourceList: what one group and version serves.
internal sealed record ResourceListing
{
    public IReadOnlyList<ResourceEntry> Resources { get; init; } = [];
}
