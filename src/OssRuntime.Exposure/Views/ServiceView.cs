using System.Text.Json.Serialization;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Views;

/// <summary>A Service: whom it leads to, and how it is reached.</summary>
internal sealed record ServiceView(ViewMetadata Metadata, ServiceView.ServiceSpec? Spec, ServiceView.ServiceStatus? Status) : IView
{
    public static readonly ResourceKind Resource = new("", "v1", "services", "Service", Namespaced: true);

    /// <summary>True where its own fields bring in more than the cluster.</summary>
    [JsonIgnore]
    public bool FacesOutside => Spec is { Type: "LoadBalancer" or "NodePort" } or { ExternalIPs.Length: > 0 };

    internal sealed record ServiceSpec
    {
        public string? Type { get; init; }

        public Dictionary<string, string>? Selector { get; init; }

        public ServicePort[]? Ports { get; init; }

        public string[]? ExternalIPs { get; init; }

        public string? ExternalName { get; init; }

        /// <summary>The address that its owner asks for.</summary>
        [JsonPropertyName("loadBalancerIP")]
        public string? LoadBalancerIp { get; init; }

        public string[]? LoadBalancerSourceRanges { get; init; }

        public string? LoadBalancerClass { get; init; }

        /// <summary>False where a load balancer goes without node ports.</summary>
        public bool? AllocateLoadBalancerNodePorts { get; init; }

        /// <summary>Local where pods see from where a connection comes; else they see the address of a node.</summary>
        public string? ExternalTrafficPolicy { get; init; }
    }

    internal sealed record ServicePort(string? Name, [property: JsonPropertyName("port")] int Number, PortName TargetPort, int NodePort, string? Protocol);

    internal sealed record ServiceStatus(Balancer? LoadBalancer);

    internal sealed record Balancer(Address[]? Ingress);

    internal sealed record Address(string? Ip, string? Hostname);
}
