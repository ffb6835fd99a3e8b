using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;

namespace OssRuntime.Exposure.Kinds;

/// <summary>
/// The kinds that exposure is computed from: what a cluster is watched for, and what manifests are read for. A kind that is missing here is not looked at
/// anywhere.
/// </summary>
internal static class ExposureKinds
{
    /// <summary>All of them, the pods themselves among them.</summary>
    public static readonly ImmutableArray<IExposureKind> All =
    [
        new ExposureKind<PodView>(PodView.Resource, PodJson.Default.PodView),
        new ExposureKind<NodeView>(NodeView.Resource, PodJson.Default.NodeView),
        new ExposureKind<NamespaceView>(NamespaceView.Resource, ViewJson.Default.NamespaceView),
        new ExposureKind<ServiceView>(ServiceView.Resource, ViewJson.Default.ServiceView),
        new ExposureKind<IngressView>(IngressView.Resource, ViewJson.Default.IngressView),
        new ExposureKind<NetworkPolicyView>(NetworkPolicyView.Resource, ViewJson.Default.NetworkPolicyView),
        new ExposureKind<EndpointSliceView>(EndpointSliceView.Group, EndpointSliceView.Kind, ViewJson.Default.EndpointSliceView) { Scope = EndpointSliceView.Scope },
        new ExposureKind<GatewayView>(GatewayView.Group, GatewayView.Kind, ViewJson.Default.GatewayView),
        new ExposureKind<ReferenceGrantView>(GatewayView.Group, ReferenceGrantView.Kind, ViewJson.Default.ReferenceGrantView),
        new ExposureKind<OpenShiftRouteView>(OpenShiftRouteView.Group, OpenShiftRouteView.Kind, ViewJson.Default.OpenShiftRouteView),
        .. RouteView.Kinds.Select(kind => new ExposureKind<RouteView>(GatewayView.Group, kind, ViewJson.Default.RouteView)),
    ];

    /// <summary>The kind, or null where exposure is not computed from it.</summary>
    public static IExposureKind? Find(string group, string kind) => All.FirstOrDefault(known => known.Group == group && known.Kind == kind);
}
