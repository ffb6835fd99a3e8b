using System.Text.Json.Serialization.Metadata;
using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Operator.Watching;

namespace OssRuntime.Operator.Exposure;

/// <summary>Keeps the graph equal to the cluster.</summary>
internal sealed class ExposureWatch(InformerRegistry informers, ExposureGraph graph, OwnerAnnotationIndex declarations, Action changed)
{
    /// <summary>Follows the kinds that every server has in one version, and names the others to be followed once they are there.</summary>
    public void Follow(Store<PodView> pods, Store<NodeView> nodes, KindWatch kinds)
    {
        Follow(pods, graph.Set);
        Follow(nodes, (key, node) => graph.SetNode(key.Name, node?.IsPublic ?? false));
        Follow(Watch(NamespaceView.Resource, ViewJson.Default.NamespaceView), (key, @namespace) => graph.SetNamespace(key.Name, @namespace?.Labels));
        Follow(Watch(ServiceView.Resource, ViewJson.Default.ServiceView), graph.Set);
        Follow(Watch(IngressView.Resource, ViewJson.Default.IngressView), graph.Set);
        Follow(Watch(NetworkPolicyView.Resource, ViewJson.Default.NetworkPolicyView), graph.Set);
        declarations.FollowNamespaces();
        kinds.Await(
            EndpointSliceView.Group,
            EndpointSliceView.Kind,
            kind => Follow(Watch(kind, ViewJson.Default.EndpointSliceView, EndpointSliceView.Scope), graph.Set));
        kinds.Await(GatewayView.Group, GatewayView.Kind, kind => Follow(Watch(kind, ViewJson.Default.GatewayView), graph.Set));
        kinds.Await(GatewayView.Group, ReferenceGrantView.Kind, kind => Follow(Watch(kind, ViewJson.Default.ReferenceGrantView), graph.Set));
        kinds.Await(OpenShiftRouteView.Group, OpenShiftRouteView.Kind, kind => Follow(Watch(kind, ViewJson.Default.OpenShiftRouteView), graph.Set));
        foreach (var name in RouteView.Kinds)
        {
            kinds.Await(GatewayView.Group, name, kind => Follow(Watch(kind, ViewJson.Default.RouteView), (key, route) => graph.Set(name, key, route)));
        }

        foreach (var (group, name) in OwnerView.Kinds)
        {
            kinds.Await(group, name, declarations.Follow);
        }
    }

    private Store<T> Watch<T>(ResourceKind kind, JsonTypeInfo<T> type, ResourceScope? scope = null)
        where T : class, IResource =>
        informers.Get(kind, type, scope).Store;

    private void Follow<T>(Store<T> store, Action<ObjectKey, T?> set)
        where T : class, IResource =>
        store.Subscribe(change =>
        {
            set(change.Key, change.New);
            changed();
        });
}
