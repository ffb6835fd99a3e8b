using System.Text.Json.Serialization;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.Resources;

/// <summary>The pull secrets of a service account.</summary>
internal sealed record ServiceAccountView(ObjectMeta Metadata, PodDocument.Named[]? ImagePullSecrets) : IResource
{
    public static readonly ResourceKind Resource = new("", "v1", "serviceaccounts", "ServiceAccount", Namespaced: true);

    [JsonIgnore]
    public ObjectKey Key => Metadata.Key;

    [JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    [JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";
}
