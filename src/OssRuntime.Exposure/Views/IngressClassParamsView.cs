using System.Text.Json.Serialization;

namespace OssRuntime.Exposure.Views;

/// <summary>IngressClassParams of the AWS Load Balancer Controller: what it says goes before what an Ingress' annotations say.</summary>
internal sealed record IngressClassParamsView(ViewMetadata Metadata, IngressClassParamsView.ParamsSpec? Spec) : IView
{
    public const string Kind = "IngressClassParams";

    /// <summary>The groups that it comes in: the controller's own, and that of EKS Auto Mode.</summary>
    public static readonly string[] Groups = ["elbv2.k8s.aws", "eks.amazonaws.com"];

    internal sealed record ParamsSpec(string? Scheme, [property: JsonPropertyName("inboundCIDRs")] string[]? InboundCidrs);
}
