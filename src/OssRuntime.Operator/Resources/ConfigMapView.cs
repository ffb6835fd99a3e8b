using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Resources;

/// <summary>A ConfigMap.</summary>
internal sealed record ConfigMapView : IResource
{
    public static readonly ResourceKind Resource = new("", "v1", "configmaps", "ConfigMap", Namespaced: true);

    public ObjectMeta Metadata { get; init; } = new();

    public Dictionary<string, string>? Data { get; init; }

    [JsonIgnore]
    public ObjectKey Key => Metadata.Key;

    [JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    [JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";
}
