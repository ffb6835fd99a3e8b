using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Views;

/// <summary>A Namespace: the labels that selectors ask for, and what its owner declares.</summary>
internal sealed record NamespaceView(NamespaceView.NamespaceMetadata Metadata) : IResource
{
    public static readonly ResourceKind Resource = new("", "v1", "namespaces", "Namespace", Namespaced: false);

    [JsonIgnore]
    public ObjectKey Key => new(null, Metadata.Name ?? "");

    [JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    [JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";

    [JsonIgnore]
    public LabelSet Labels => Metadata.Labels is { Count: > 0 } labels ? LabelSet.Of(labels) : LabelSet.Empty;

    internal sealed record NamespaceMetadata(
        string? Name,
        string? Uid,
        string? ResourceVersion,
        Dictionary<string, string>? Labels,
        [property: JsonConverter(typeof(KeptAnnotations))] IReadOnlyDictionary<string, string>? Annotations);
}
