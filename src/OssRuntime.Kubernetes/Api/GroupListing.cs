namespace OssRuntime.Kubernetes.Api;

// APIGroup: the versions of one group, the preferred one first.
internal sealed record GroupListing
{
    public string Name { get; init; } = "";

    public IReadOnlyList<GroupVersion> Versions { get; init; } = [];
}
