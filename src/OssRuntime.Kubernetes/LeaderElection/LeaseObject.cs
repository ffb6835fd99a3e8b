using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.LeaderElection;

/// <summary>A <c>coordination.k8s.io/v1</c> Lease.</summary>
internal sealed record LeaseObject : IResource
{
    public static ResourceKind ResourceKind { get; } = new("coordination.k8s.io", "v1", "leases", "Lease", Namespaced: true);

    public string ApiVersion { get; } = ResourceKind.ApiVersion;

    public string Kind { get; } = ResourceKind.Kind;

    public ObjectMeta Metadata { get; init; } = new();

    public LeaseRecord? Spec { get; init; }

    [JsonIgnore]
    public ObjectKey Key => Metadata.Key;

    [JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    [JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";
}
