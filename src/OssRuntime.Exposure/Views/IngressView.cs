using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Views;

/// <summary>An Ingress: the Services that it leads to.</summary>
internal sealed record IngressView(ViewMetadata Metadata, IngressView.IngressSpec? Spec, ServiceView.ServiceStatus? Status) : IView
{
    public static readonly ResourceKind Resource = new("networking.k8s.io", "v1", "ingresses", "Ingress", Namespaced: true);

    public const string ClassAnnotation = "kubernetes.io/ingress.class";
    public const string DefaultClassAnnotation = "ingressclass.kubernetes.io/is-default-class";
    public const string NginxDefaultBackend = "nginx.ingress.kubernetes.io/default-backend";
    public const string NginxAuthUrl = "nginx.ingress.kubernetes.io/auth-url";
    public const string NginxMirror = "nginx.ingress.kubernetes.io/mirror-target";

    /// <summary>The class that it asks for, or null.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? ClassName => Spec?.IngressClassName ?? Metadata.Annotation(ClassAnnotation);

    internal sealed record IngressSpec(string? IngressClassName, Backend? DefaultBackend, IngressRule[]? Rules);

    internal sealed record IngressRule(string? Host, Http? Http);

    internal sealed record Http(HttpPath[]? Paths);

    internal sealed record HttpPath(Backend? Backend);

    internal sealed record Backend(BackendService? Service);

    internal sealed record BackendService(string? Name, BackendPort? Port);

    internal sealed record BackendPort(string? Name, int Number);
}
