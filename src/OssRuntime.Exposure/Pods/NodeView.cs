using System.Text.Json.Serialization;
using OssRuntime.Exposure.Addresses;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Model.Images;

namespace OssRuntime.Exposure.Pods;

/// <summary>The little of a node that OssRuntime keeps: the platform its images are for, and its addresses.</summary>
internal sealed record NodeView(ObjectMeta Metadata, NodeView.NodeStatus? Status, NodeView.NodeSpec? Spec = null) : IResource
{
    public static readonly ResourceKind Resource = new("", "v1", "nodes", "Node", Namespaced: false);

    [JsonIgnore]
    public ObjectKey Key => Metadata.Key;

    [JsonIgnore]
    public string Uid => Metadata.Uid ?? "";

    [JsonIgnore]
    public string ResourceVersion => Metadata.ResourceVersion ?? "";

    /// <summary>The platform that the kubelet reports, or null before it has.</summary>
    [JsonIgnore]
    public Platform? Platform =>
        Status?.NodeInfo is { OperatingSystem: { Length: > 0 } os, Architecture: { Length: > 0 } architecture } ? new Platform(os, architecture) : null;

    /// <summary>True where it has an address that anybody on the Internet can send to.</summary>
    [JsonIgnore]
    public bool IsPublic => Array.Exists(Status?.Addresses ?? [], address => AddressRanges.IsPublic(address.Value));

    /// <summary>True where it brings a network policy controller along without a pod that shows it, as nodes of K3s, RKE2 and EKS Auto Mode do.</summary>
    [JsonIgnore]
    public bool EnforcesPolicies => Metadata.Label("eks.amazonaws.com/compute-type") == "auto" || Status?.NodeInfo?.KubeletVersion is { } version && (version.Contains("+k3s", StringComparison.Ordinal) || version.Contains("+rke2", StringComparison.Ordinal));

    internal sealed record NodeSpec([property: JsonPropertyName("providerID")] string? ProviderId);

    internal sealed record NodeStatus(NodeInfo? NodeInfo, NodeAddress[]? Addresses);

    internal sealed record NodeAddress([property: JsonPropertyName("address")] string? Value);

    internal sealed record NodeInfo(string? OperatingSystem, string? Architecture, string? KubeletVersion = null);
}
