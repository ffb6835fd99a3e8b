namespace OssRuntime.Exposure.Views;

/// <summary>A Route of OpenShift: the Services that it leads to.</summary>
internal sealed record OpenShiftRouteView(ViewMetadata Metadata, OpenShiftRouteView.OpenShiftSpec? Spec, OpenShiftRouteView.OpenShiftStatus? Status) : IView
{
    public const string Group = "route.openshift.io";
    public const string Kind = "Route";

    /// <summary>True where every router that looked at it turned it down.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Rejected => Status?.Ingress is { Length: > 0 } routers && Array.TrueForAll(routers, router => ViewCondition.Denies(router.Conditions, "Admitted"));

    internal sealed record OpenShiftSpec(string? Host, Target? To, Target[]? AlternateBackends, TargetPort? Port);

    internal sealed record Target(string? Kind, string? Name, int? Weight);

    internal sealed record TargetPort([property: System.Text.Json.Serialization.JsonPropertyName("targetPort")] PortName Target);

    internal sealed record OpenShiftStatus(Router[]? Ingress);

    internal sealed record Router(ViewCondition[]? Conditions, string? RouterName = null);
}
