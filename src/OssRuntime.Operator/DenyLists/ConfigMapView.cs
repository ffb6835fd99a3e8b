using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.DenyLists;

/// <summary>A ConfigMap, of which only its identity is of interest: its data is written and never read.</summary>
internal sealed record ConfigMapView : IResource
{
    public static readonly ResourceKind Resource = new("", "v1", "configmaps", "ConfigMap", Namespaced: true);

    public ObjectMeta Metadata { get; init; } = new();

    [JsonIgnore]
    public ObjectKey Key => Metadata.Key;

    [JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    [JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";
}
