using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Tests;

/// <summary>The custom resource of these tests.</summary>
public sealed record Widget : IResource
{
    public static ResourceKind ResourceKind { get; } = new("contract.ossruntime.io", "v1", "widgets", "Widget", Namespaced: true);

    public string ApiVersion { get; init; } = ResourceKind.ApiVersion;

    public string Kind { get; init; } = ResourceKind.Kind;

    public ObjectMeta Metadata { get; init; } = new();

    public WidgetSpec? Spec { get; init; }

    public WidgetStatus? Status { get; init; }

    [JsonIgnore]
    public ObjectKey Key => Metadata.Key;

    [JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    [JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";
}
