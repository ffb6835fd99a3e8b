using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Resources;

/// <summary>The custom resource <c>RiskPolicy</c> (crds/ossruntime.io_riskpolicies.yaml).</summary>
internal sealed record RiskPolicyResource : IAppliedResource
{
    public static readonly ResourceKind Resource = new(ResourceGroup.Name, ResourceGroup.Version, "riskpolicies", "RiskPolicy", Namespaced: false);

    public string ApiVersion { get; init; } = Resource.ApiVersion;

    public string Kind { get; init; } = Resource.Kind;

    public ObjectMeta Metadata { get; init; } = new();

    public RiskPolicySpec? Spec { get; init; }

    public PolicyStatus? Status { get; init; }

    [JsonIgnore]
    public ObjectKey Key => Metadata.Key;

    [JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    [JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";

    [JsonIgnore]
    public string? ContentHash => null;

    [JsonIgnore]
    public string? StatusHash => Status?.ContentHash;
}
