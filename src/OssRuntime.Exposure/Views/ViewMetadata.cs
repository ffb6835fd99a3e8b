using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Views;

/// <summary>Metadata without what nobody here reads: of the annotations only those that <see cref="KeptAnnotations"/> names.</summary>
internal sealed record ViewMetadata(
    string? Name,
    string? Namespace,
    string? Uid,
    string? ResourceVersion,
    [property: JsonConverter(typeof(KeptAnnotations))] IReadOnlyDictionary<string, string>? Annotations)
{
    [JsonIgnore]
    public ObjectKey Key => new(Namespace, Name ?? "");

    public string? Annotation(string name) => Annotations?.GetValueOrDefault(name);
}
