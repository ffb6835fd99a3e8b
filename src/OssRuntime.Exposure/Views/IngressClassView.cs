using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Views;

/// <summary>An IngressClass: which controller serves the Ingresses of the class.</summary>
internal sealed record IngressClassView(ViewMetadata Metadata, IngressClassView.ClassSpec? Spec) : IView
{
    public static readonly ResourceKind Resource = new("networking.k8s.io", "v1", "ingressclasses", "IngressClass", Namespaced: false);

    internal sealed record ClassSpec(string? Controller, ParameterReference? Parameters);

    internal sealed record ParameterReference(string? ApiGroup, string? Kind, string? Name);
}
