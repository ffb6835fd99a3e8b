namespace OssRuntime.Exposure.Views;

/// <summary>An IngressClass: which controller serves the Ingresses of the class.</summary>
internal sealed record IngressClassView(ViewMetadata Metadata, IngressClassView.ClassSpec? Spec) : IView
{
    public const string Group = "networking.k8s.io";
    public const string Kind = "IngressClass";

    internal sealed record ClassSpec(string? Controller, ParameterReference? Parameters);

    internal sealed record ParameterReference(string? ApiGroup, string? Kind, string? Name);
}
