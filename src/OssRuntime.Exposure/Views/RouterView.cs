namespace OssRuntime.Exposure.Views;

/// <summary>An IngressController of OpenShift's: the router that serves Routes, and whether it faces outside.</summary>
internal sealed record RouterView(ViewMetadata Metadata, RouterView.RouterSpec? Spec) : IView
{
    public const string Group = "operator.openshift.io";
    public const string Kind = "IngressController";

    /// <summary>True where it is published by an internal load balancer, or for the cluster only.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsInternal => Spec?.EndpointPublishingStrategy is { Type: "Private" } or { LoadBalancer.Scope: "Internal" };

    internal sealed record RouterSpec(Strategy? EndpointPublishingStrategy);

    internal sealed record Strategy(string? Type, BalancerStrategy? LoadBalancer);

    internal sealed record BalancerStrategy(string? Scope);
}
