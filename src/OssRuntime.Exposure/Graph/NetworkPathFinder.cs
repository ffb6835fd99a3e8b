using System.Collections.Immutable;
using OssRuntime.Exposure.Balancers;
using OssRuntime.Exposure.Views;
using OssRuntime.Exposure.Ways;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>
/// Finds the ways to a Service: by its own type, and through what leads to it. Routes attached to Services and Services that are other Services'
/// names can form chains and circles; each Service is gone through once.
/// </summary>
internal sealed class NetworkPathFinder(ClusterObjects objects)
{
    private static readonly ServiceView.ServicePort?[] NoPort = [null];

    private readonly WayStarts _starts = new(objects);
    private readonly GatewayStarts _gateways = new(objects);

    /// <summary>The ways to a Service, the best of those alike.</summary>
    public ImmutableArray<NetworkPath> Find(ServiceView service) => [.. Best(Ways(service, [service.Metadata.Key]))];

    /// <summary>Forgets what was found between two turns of computing.</summary>
    public void Forget()
    {
        _starts.Forget();
        _gateways.Forget();
    }

    private static IEnumerable<NetworkPath> Best(IEnumerable<NetworkPath> ways) =>
        ways.GroupBy(way => (way.Port?.Number, way.Port?.Protocol, way.Proxied, way.ProxyNamespace, way.Masked, way.Doubt)).Select(alike => alike.Aggregate(NetworkPath.Better));

    private IEnumerable<NetworkPath> Ways(ServiceView service, HashSet<ObjectKey> seen)
    {
        var own = service.Spec?.Type == "ExternalName" ? [] : objects.EntryPoints.Find(service);
        return own.Concat(objects.Routes.To(service.Metadata.Key).SelectMany(source => Through(source, service, seen)));
    }

    private IEnumerable<NetworkPath> Through(Source source, ServiceView service, HashSet<ObjectKey> seen) => source.Kind switch
    {
        Source.Ingress => ThroughIngress(source, service),
        Source.OpenShiftRoute => ThroughOpenShift(source, service),
        Source.Service => ThroughAlias(source, service, seen),
        _ when objects.Routes.Way(source) is { } way => ThroughWay(source, way, service),
        _ => ThroughRoute(source, service, seen),
    };

    private IEnumerable<NetworkPath> ThroughIngress(Source source, ServiceView service)
    {
        // To another namespace only annotations of ingress-nginx lead.
        if (objects.Routes.Ingress(source) is not { } ingress || (source.Key.Namespace != service.Metadata.Namespace && !objects.Rules.MayServe(ingress, "nginx")))
        {
            return [];
        }

        var starts = StartsOf(objects.Rules.OfIngress(ingress), source);
        return IngressBackends.Of(ingress).Where(backend => backend.Service == service.Metadata.Key).SelectMany(backend => starts.SelectMany(start => Extend(start, service, backend.Port)));
    }

    private IEnumerable<NetworkPath> ThroughOpenShift(Source source, ServiceView service)
    {
        if (objects.Routes.OpenShift(source) is not { Rejected: false } route)
        {
            return [];
        }

        // The target port is a name of the Service's ports or a port of the pods; without one every port is served.
        var target = route.Spec?.Port?.Target ?? default;
        var starts = StartsOf(objects.Rules.OfRoute(route), source);
        return (service.Spec?.Ports ?? [])
            .Where(port => target == default || (target.Name is { } name ? port.Name == name || port.TargetPort.Name == name : TargetNumber(port) == target.Number))
            .SelectMany(port => starts.Select(start => start with { Steps = start.Steps.Add(Name(service, port)), Port = port }));
    }

    private IEnumerable<NetworkPath> ThroughWay(Source source, WayView way, ServiceView service)
    {
        var starts = _starts.Of(source, way).ToList();
        var foreign = way.Row.Foreign == Lists.ForeignBackends.ByOption && service.Metadata.Namespace != source.Key.Namespace
            ? $"{source.Title} leads into another namespace, which an option of its controller decides on" : null;
        return way.Backends.Where(backend => backend.Service == service.Metadata.Key)
            .SelectMany(backend => starts.SelectMany(start => Extend(foreign is null ? start : start with { Doubt = start.Doubt ?? foreign }, service, backend.Port)));
    }

    private IEnumerable<NetworkPath> ThroughAlias(Source source, ServiceView service, HashSet<ObjectKey> seen)
    {
        if (!seen.Add(source.Key) || objects.Services.Find(source.Key) is not { } alias)
        {
            return [];
        }

        // Whoever asks DNS for the alias gets the Service's own address: only what a proxy brings comes from farther than that.
        return Ways(alias, seen).Where(way => way.Proxied).SelectMany(way => Extend(way, service, way.Port is { } port ? new PortName(port.Number, null) : null));
    }

    private IEnumerable<NetworkPath> ThroughRoute(Source source, ServiceView service, HashSet<ObjectKey> seen)
    {
        if (objects.Routes.Route(source) is not { } route)
        {
            return [];
        }

        var ports = route.Backends
            .Where(backend => backend.Target == service.Metadata.Name && (backend.Namespace ?? source.Key.Namespace) == service.Metadata.Namespace)
            .Select(backend => backend.Port is { } port ? new PortName(port, null) : (PortName?)null)
            .Distinct()
            .ToList();
        return IsGranted(source, service)
            ? route.Parents.SelectMany(parent => Into(source, route, parent, seen)).Concat(_gateways.Default(source, route)).SelectMany(way => ports.SelectMany(port => Extend(way, service, port)))
            : [];
    }

    // The ways that end at a route: from a Gateway, or from a Service whose traffic it directs.
    private IEnumerable<NetworkPath> Into(Source source, RouteView route, RouteView.ParentReference parent, HashSet<ObjectKey> seen) =>
        RouteTable.ParentOf(parent, source.Key.Namespace) switch
        {
            { Kind: Source.Service } from => seen.Add(from.Key) && objects.Services.Find(from.Key) is { } front
                ? Ways(front, seen)
                    .Where(way => way.Proxied && (parent.Port is null || parent.Port == way.Port?.Number))
                    .Select(way => way with { Steps = way.Steps.Add(source.ToString()) })
                : [],
            { } from => _gateways.Of(from, source, route, parent),
            _ => [],
        };

    private static IEnumerable<NetworkPath> Extend(NetworkPath way, ServiceView service, PortName? wanted)
    {
        foreach (var port in PortsOf(service, wanted))
        {
            yield return way with { Steps = way.Steps.Add(Name(service, port)), Port = port };
        }
    }

    // A choice of pods has no ports of its own; an alias has those that it is asked for; no port is any.
    private static IEnumerable<ServiceView.ServicePort?> PortsOf(ServiceView service, PortName? wanted)
    {
        var stated = service.Spec?.Ports ?? [];
        if (wanted is not { } port)
        {
            return stated.Length > 0 ? stated : NoPort;
        }

        var found = Array.FindAll(stated, candidate => port.Name is { Length: > 0 } name ? candidate.Name == name : candidate.Number == port.Number);
        return found.Length > 0 ? found
            : IsAlias(service) ? [new ServiceView.ServicePort(null, port.Number, default, 0, null)]
            : service.Metadata.Name?.Contains('/', StringComparison.Ordinal) == true ? NoPort
            : [];
    }

    private bool IsGranted(Source route, ServiceView service) =>
        route.Key.Namespace == service.Metadata.Namespace
        || objects.GrantsIn[service.Metadata.Namespace ?? ""]
            .Any(grant => objects.Grants[grant].Allows(route.Kind, route.Key.Namespace, service.Metadata.Name ?? ""));

    private static List<NetworkPath> StartsOf(BalancerReach reach, Source source)
    {
        List<NetworkPath> starts = [new NetworkPath(reach.Level, [source.ToString()], null, Proxied: true)];
        if (reach.Doubt is { } doubt)
        {
            starts.Add(new NetworkPath(ExposureLevel.Internet, [source.ToString()], null, Proxied: true) { Doubt = $"{source}: {doubt}" });
        }

        return starts;
    }

    private static bool IsAlias(ServiceView service) => service.Spec?.Type == "ExternalName";

    private static int TargetNumber(ServiceView.ServicePort port) => port.TargetPort == default ? port.Number : port.TargetPort.Number;

    internal static string Name(ServiceView service, ServiceView.ServicePort? port) =>
        port is null ? PodChoice.NameOf(service.Metadata.Key) : $"{PodChoice.NameOf(service.Metadata.Key)}:{port.Number}";
}
