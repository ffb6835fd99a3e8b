using OssRuntime.Exposure.Views;
using OssRuntime.Exposure.Ways;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Graph;

/// <summary>Whatever leads to Services: Ingresses, routes and ways of all kinds, and Services that are another's alias; found by backend and by parent.</summary>
internal sealed class RouteTable
{
    private readonly Dictionary<Source, IngressView> _ingresses = [];
    private readonly Dictionary<Source, RouteView> _routes = [];
    private readonly Dictionary<Source, OpenShiftRouteView> _openShift = [];
    private readonly Dictionary<Source, WayView> _ways = [];
    private readonly Dictionary<Source, (ObjectKey[] Backends, Source[] Parents, Source[] Includes)> _edges = [];
    private readonly Multimap<ObjectKey, Source> _byBackend = new();
    private readonly Multimap<Source, Source> _byParent = new();
    private readonly Multimap<Source, Source> _includers = new();

    public IngressView? Ingress(Source source) => _ingresses.GetValueOrDefault(source);

    public RouteView? Route(Source source) => _routes.GetValueOrDefault(source);

    public OpenShiftRouteView? OpenShift(Source source) => _openShift.GetValueOrDefault(source);

    public WayView? Way(Source source) => _ways.GetValueOrDefault(source);

    /// <summary>All Ingresses, with where they are.</summary>
    public IEnumerable<Source> Ingresses => _ingresses.Keys;

    /// <summary>All routes of OpenShift's.</summary>
    public IEnumerable<Source> OpenShiftRoutes => _openShift.Keys;

    /// <summary>All ways of the kinds in the list of what is understood.</summary>
    public IEnumerable<KeyValuePair<Source, WayView>> Ways => _ways;

    /// <summary>All that leads to Services, with the Services.</summary>
    public IEnumerable<(Source Source, ObjectKey[] Backends)> Edges => _edges.Select(edge => (edge.Key, edge.Value.Backends));

    /// <summary>All routes of the Gateway API in a namespace.</summary>
    public IEnumerable<Source> RoutesIn(string? @namespace) => _routes.Keys.Where(source => source.Key.Namespace == @namespace);

    /// <summary>What leads to a Service.</summary>
    public IReadOnlySet<Source> To(ObjectKey service) => _byBackend[service];

    /// <summary>The routes that ask to be attached to a Gateway or a Service.</summary>
    public IReadOnlySet<Source> Under(Source parent) => _byParent[parent];

    /// <summary>The ways that hand requests on to this one.</summary>
    public IReadOnlySet<Source> Includers(Source way) => _includers[way];

    /// <summary>The Services that it leads to.</summary>
    public IReadOnlyList<ObjectKey> Backends(Source source) => _edges.TryGetValue(source, out var edges) ? edges.Backends : [];

    /// <summary>The ways that it hands requests on to.</summary>
    public IReadOnlyList<Source> Includes(Source source) => _edges.TryGetValue(source, out var edges) ? edges.Includes : [];

    public void Set(Source source, IngressView? ingress)
    {
        Put(_ingresses, source, ingress);
        Connect(source, ingress is null ? [] : IngressBackends.Of(ingress).Select(backend => backend.Service));
    }

    public void Set(Source source, OpenShiftRouteView? route)
    {
        Put(_openShift, source, route);
        Connect(source, route is null ? [] : TargetsOf(route).Select(target => new ObjectKey(source.Key.Namespace, target.Name!)));
    }

    public void Set(Source source, WayView? way)
    {
        Put(_ways, source, way);
        Connect(
            source,
            way is null ? [] : way.Backends.Select(backend => backend.Service),
            way is null ? [] : way.Gateways.Select(key => new Source(IstioGatewayView.Id, key)),
            way is null ? [] : way.Includes.Select(include => new Source(include.Kind, include.Key)));
    }

    public void Set(Source source, RouteView? route)
    {
        Put(_routes, source, route);
        Connect(
            source,
            (route?.Backends ?? []).Select(backend => new ObjectKey(backend.Namespace ?? source.Key.Namespace, backend.Target!)),
            (route?.Parents ?? []).Select(parent => ParentOf(parent, source.Key.Namespace)).OfType<Source>()
                .Concat(route is { UsesDefaultGateways: true } ? [Source.DefaultGateways] : []));
    }

    /// <summary>A Service that is another name of one in the cluster.</summary>
    public void SetAlias(ObjectKey service, ObjectKey? target) => Connect(new Source(Source.Service, service), target is { } key ? [key] : []);

    public static Source? ParentOf(RouteView.ParentReference parent, string? @namespace) => parent switch
    {
        { Group: null or GatewayView.Group, Kind: null or GatewayView.Kind, Name: { } name } => new Source(Source.Gateway, new ObjectKey(parent.Namespace ?? @namespace, name)),
        { Kind: "ListenerSet" or "XListenerSet", Name: { } name } => new Source(Source.ListenerSet, new ObjectKey(parent.Namespace ?? @namespace, name)),
        { Group: "", Kind: "Service", Name: { } name } => new Source(Source.Service, new ObjectKey(parent.Namespace ?? @namespace, name)),
        _ => null,
    };

    public static IEnumerable<OpenShiftRouteView.Target> TargetsOf(OpenShiftRouteView route) =>
        (route.Spec?.AlternateBackends ?? []).Append(route.Spec?.To)
            .Where(target => target is { Kind: null or "Service", Name.Length: > 0, Weight: not 0 })
            .Select(target => target!);

    private static void Put<T>(Dictionary<Source, T> table, Source source, T? item)
        where T : class
    {
        if (item is null)
        {
            table.Remove(source);
        }
        else
        {
            table[source] = item;
        }
    }

    private void Connect(Source source, IEnumerable<ObjectKey> backends, IEnumerable<Source>? parents = null, IEnumerable<Source>? includes = null)
    {
        if (_edges.Remove(source, out var before))
        {
            Array.ForEach(before.Backends, backend => _byBackend.Remove(backend, source));
            Array.ForEach(before.Parents, parent => _byParent.Remove(parent, source));
            Array.ForEach(before.Includes, include => _includers.Remove(include, source));
        }

        var now = (Backends: backends.Distinct().ToArray(), Parents: (parents ?? []).Distinct().ToArray(), Includes: (includes ?? []).Distinct().ToArray());
        if (now.Backends.Length + now.Includes.Length > 0)
        {
            _edges[source] = now;
            Array.ForEach(now.Backends, backend => _byBackend.Add(backend, source));
            Array.ForEach(now.Parents, parent => _byParent.Add(parent, source));
            Array.ForEach(now.Includes, include => _includers.Add(include, source));
        }
    }
}
