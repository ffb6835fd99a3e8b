using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Resources;

/// <summary>The Secret that holds the webhooks' certificate, its key and the authority that signed it.</summary>
internal sealed record WebhookSecret : IResource
{
    public const string CertificateField = "tls.crt";
    public const string KeyField = "tls.key";
    public const string AuthorityField = "ca.crt";

    public static readonly ResourceKind Resource = new("", "v1", "secrets", "Secret", Namespaced: true);

    public string ApiVersion { get; init; } = Resource.ApiVersion;

    public string Kind { get; init; } = Resource.Kind;

    public ObjectMeta Metadata { get; init; } = new();

    public string Type { get; init; } = "kubernetes.io/tls";

    public Dictionary<string, byte[]>? Data { get; init; }

    [JsonIgnore]
    public ObjectKey Key => Metadata.Key;

    [JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    [JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";

    // Records print their members; a key must not end up in a log that way.
    public override string ToString() => $"Secret {Key}";
}
