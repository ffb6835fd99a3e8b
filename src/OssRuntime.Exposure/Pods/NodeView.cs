using System.Text.Json.Serialization;
using OssRuntime.Exposure.Addresses;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Model.Images;

namespace OssRuntime.Exposure.Pods;

/// <summary>The little of a node that OssRuntime keeps: the platform its images are for, and its addresses.</summary>
internal sealed record NodeView(ObjectMeta Metadata, NodeView.NodeStatus? Status) : IResource
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

    internal sealed record NodeStatus(NodeInfo? NodeInfo, NodeAddress[]? Addresses);

    internal sealed record NodeAddress([property: JsonPropertyName("address")] string? Value);

    internal sealed record NodeInfo(string? OperatingSystem, string? Architecture);
}
