using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Views;

/// <summary>An Ingress: the Services that it leads to.</summary>
internal sealed record IngressView(ViewMetadata Metadata, IngressView.IngressSpec? Spec, ServiceView.ServiceStatus? Status) : IView
{
    public static readonly ResourceKind Resource = new("networking.k8s.io", "v1", "ingresses", "Ingress", Namespaced: true);

    internal sealed record IngressSpec(string? IngressClassName, Backend? DefaultBackend, IngressRule[]? Rules);

    internal sealed record IngressRule(string? Host, Http? Http);

    internal sealed record Http(HttpPath[]? Paths);

    internal sealed record HttpPath(Backend? Backend);

    internal sealed record Backend(BackendService? Service);

    internal sealed record BackendService(string? Name, BackendPort? Port);

    internal sealed record BackendPort(string? Name, int Number);
}
