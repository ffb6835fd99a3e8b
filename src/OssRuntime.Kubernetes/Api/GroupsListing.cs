namespace OssRuntime.Kubernetes.Api;

// APIGroupList: all groups but the core one.
internal sealed record GroupsListing
{
    public IReadOnlyList<GroupListing> Groups { get; init; } = [];
}
