using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Views;

/// <summary>A Service: whom it leads to, and how it is reached.</summary>
internal sealed record ServiceView(ViewMetadata Metadata, ServiceView.ServiceSpec? Spec, ServiceView.ServiceStatus? Status) : IView
{
    public static readonly ResourceKind Resource = new("", "v1", "services", "Service", Namespaced: true);

    internal sealed record ServiceSpec(
        string? Type,
        Dictionary<string, string>? Selector,
        ServicePort[]? Ports,
        string[]? ExternalIPs,
        string? ExternalName,
        string[]? LoadBalancerSourceRanges,
        string? LoadBalancerClass);

    internal sealed record ServicePort(
        string? Name, [property: System.Text.Json.Serialization.JsonPropertyName("port")] int Number, PortName TargetPort, int NodePort, string? Protocol);

    internal sealed record ServiceStatus(Balancer? LoadBalancer);

    internal sealed record Balancer(Address[]? Ingress);

    internal sealed record Address(string? Ip, string? Hostname);
}
