using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Resources;

/// <summary>A pull secret: read by name when an image is to be pulled, never listed, never kept.</summary>
internal sealed record SecretView(ObjectMeta Metadata, string? Type, Dictionary<string, string>? Data) : IResource
{
    public static readonly ResourceKind Resource = new("", "v1", "secrets", "Secret", Namespaced: true);

    [JsonIgnore]
    public ObjectKey Key => Metadata.Key;

    [JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    [JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";

    // Records print their members; a secret must not end up in a log that way.
    public override string ToString() => $"Secret {Key}";
}
