using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Views;

/// <summary>A NetworkPolicy's rules on what comes in.</summary>
internal sealed record NetworkPolicyView(ViewMetadata Metadata, NetworkPolicyView.PolicySpec? Spec) : IView
{
    public static readonly ResourceKind Resource = new("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", Namespaced: true);

    /// <summary>True where it isolates the pods it selects; without a word on it, every policy does.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool LimitsIngress => Spec is { } spec && (spec.PolicyTypes is not { Length: > 0 } types || types.Contains("Ingress", StringComparer.Ordinal));

    internal sealed record PolicySpec(LabelSelector? PodSelector, string[]? PolicyTypes, PolicyRule[]? Ingress);

    internal sealed record PolicyRule(Peer[]? From, PolicyPort[]? Ports);

    internal sealed record Peer(LabelSelector? PodSelector, LabelSelector? NamespaceSelector, IpBlock? IpBlock);

    internal sealed record IpBlock(string? Cidr, string[]? Except);

    internal sealed record PolicyPort(string? Protocol, [property: System.Text.Json.Serialization.JsonPropertyName("port")] PortName? Number, int? EndPort);
}
