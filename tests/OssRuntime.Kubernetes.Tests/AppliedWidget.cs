using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;

namespace OssRuntime.Kubernetes.Tests;

/// <summary>A widget as an applier sees it.</summary>
public sealed record AppliedWidget : IAppliedResource
{
    public ObjectMeta Metadata { get; init; } = new();

    public WidgetSpec? Spec { get; init; }

    public WidgetStatus? Status { get; init; }

    [JsonIgnore]
    public ObjectKey Key => Metadata.Key;

    [JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    [JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";

    [JsonIgnore]
    public string? ContentHash => Metadata.Annotation("ossruntime.io/content-hash");

    [JsonIgnore]
    public string? StatusHash => Status?.ContentHash;

    [JsonIgnore]
    public bool Drifted => Status?.ObservedGeneration is { } observed && observed != Metadata.Generation;
}
