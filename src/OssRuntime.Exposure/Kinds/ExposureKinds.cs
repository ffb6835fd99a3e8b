using System.Collections.Immutable;
using OssRuntime.Exposure.Lists;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Exposure.Ways;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Kinds;

/// <summary>
/// The kinds that exposure is computed from: what a cluster is watched for, and what manifests are read for. A kind that is missing here is not looked at
/// anywhere.
/// </summary>
internal static class ExposureKinds
{
    /// <summary>The names of the ConfigMaps by which ingress-nginx leads ports to Services, as its manifests and its chart have them.</summary>
    public static readonly ImmutableArray<string> Tables = ["tcp-services", "udp-services", "ingress-nginx-tcp", "ingress-nginx-udp"];

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
        .. GatewayView.ListenerSets.Select(set => new ExposureKind<GatewayView>(set.Group, set.Kind, ViewJson.Default.GatewayView)),
        new ExposureKind<IngressClassView>(IngressClassView.Group, IngressClassView.Kind, ViewJson.Default.IngressClassView) { IsClusterWide = true },
        .. IngressClassParamsView.Groups.Select(group => new ExposureKind<IngressClassParamsView>(group, IngressClassParamsView.Kind, ViewJson.Default.IngressClassParamsView) { HasGroup = true, IsClusterWide = true }),
        .. AddressPoolView.Kinds.Select(pool => new ExposureKind<AddressPoolView>(pool.Group, pool.Kind, ViewJson.Default.AddressPoolView)),
        new ExposureKind<RouterView>(RouterView.Group, RouterView.Kind, ViewJson.Default.RouterView),
        new ExposureKind<IstioGatewayView>(IstioGatewayView.Group, IstioGatewayView.Kind, ViewJson.Default.IstioGatewayView) { HasGroup = true },
        .. KnownKinds.Understood.Where(row => row.Group.Length > 0)
            .Select(row => new ExposureKind<WayView>(row.Group, row.Kind, WayConverter.For(row)) { HasGroup = true }),
        .. Tables.Select(name => new ExposureKind<WayView>("", "ConfigMap", WayConverter.For(KnownKinds.UnderstoodById["ConfigMap"]))
        {
            Scope = new ResourceScope { FieldSelector = $"metadata.name={name}" },
            Variant = name,
        }),
        .. KnownKinds.Admitting.Select(row => new ExposureKind<OtherPolicyView>(row.Group, row.Kind, OtherPolicyView.TypeFor(row)) { HasGroup = true, IsClusterWide = row.IsClusterWide }),
        .. KnownKinds.Unread.Select(row => new ExposureKind<OwnerView>(row.Group, row.Kind, ViewJson.Default.OwnerView) { HasGroup = true, MetadataOnly = true }),
    ];

    /// <summary>The kind, or null where exposure is not computed from it.</summary>
    public static IExposureKind? Find(string group, string kind) => All.FirstOrDefault(known => known.Group == group && known.Kind == kind);
}
