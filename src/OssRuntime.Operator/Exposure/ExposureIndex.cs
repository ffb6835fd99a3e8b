using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Watching;

namespace OssRuntime.Operator.Exposure;

/// <summary>Keeps the graph equal to the cluster: each object is put into it when its event has its turn.</summary>
internal sealed class ExposureIndex(InformerRegistry informers, ExposureGraph graph, WorkQueue<ClusterEvent> events)
{
    private readonly ConcurrentDictionary<string, Action<ObjectKey>> _refresh = new(StringComparer.Ordinal);

    /// <summary>Follows the kinds that every server has in one version, and names the others to be followed once they are there.</summary>
    public void Follow(Store<PodView> pods, Store<NodeView> nodes, Store<NamespaceView> namespaces, KindWatch kinds)
    {
        _refresh[PodView.Resource.Kind] = key => graph.Set(key, pods.Get(key));
        _refresh[NodeView.Resource.Kind] = key => graph.SetNode(key.Name, nodes.Get(key)?.IsPublic ?? false);
        _refresh[NamespaceView.Resource.Kind] = key => graph.SetNamespace(key.Name, namespaces.Get(key)?.Labels);
        Follow(ServiceView.Resource, ViewJson.Default.ServiceView, graph.Set);
        Follow(IngressView.Resource, ViewJson.Default.IngressView, graph.Set);
        Follow(NetworkPolicyView.Resource, ViewJson.Default.NetworkPolicyView, graph.Set);
        kinds.Await(
            EndpointSliceView.Group,
            EndpointSliceView.Kind,
            kind => Follow(kind, ViewJson.Default.EndpointSliceView, graph.Set, EndpointSliceView.Scope));
        kinds.Await(GatewayView.Group, GatewayView.Kind, kind => Follow(kind, ViewJson.Default.GatewayView, graph.Set));
        kinds.Await(GatewayView.Group, ReferenceGrantView.Kind, kind => Follow(kind, ViewJson.Default.ReferenceGrantView, graph.Set));
        kinds.Await(OpenShiftRouteView.Group, OpenShiftRouteView.Kind, kind => Follow(kind, ViewJson.Default.OpenShiftRouteView, graph.Set));
        foreach (var name in RouteView.Kinds)
        {
            kinds.Await(GatewayView.Group, name, kind => Follow(kind, ViewJson.Default.RouteView, (key, route) => graph.Set(name, key, route)));
        }
    }

    /// <summary>Brings the graph up to the object's present state. False where the graph has no use for the kind.</summary>
    public bool Refresh(ClusterEvent happened)
    {
        if (!_refresh.TryGetValue(happened.Kind, out var refresh))
        {
            return false;
        }

        refresh(happened.Key);
        return true;
    }

    private void Follow<T>(ResourceKind kind, JsonTypeInfo<T> type, Action<ObjectKey, T?> set, ResourceScope? scope = null)
        where T : class, IResource
    {
        var store = informers.Get(kind, type, scope).Store;
        _refresh[kind.Kind] = key => set(key, store.Get(key));
        store.Feed(kind.Kind, events);
    }
}
