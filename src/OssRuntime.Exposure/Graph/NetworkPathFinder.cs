using System.Collections.Immutable;
using OssRuntime.Exposure.Addresses;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>
/// Finds the ways to a Service: by its own type, and through what leads to it. Routes attached to Services and Services that are other Services'
/// names can form chains and circles; each Service is gone through once.
/// </summary>
internal sealed class NetworkPathFinder(ClusterObjects objects)
{
    /// <summary>The ways to a Service, the best of those alike.</summary>
    public ImmutableArray<NetworkPath> Find(ServiceView service) => [.. Best(Ways(service, [service.Metadata.Key]))];

    private static IEnumerable<NetworkPath> Best(IEnumerable<NetworkPath> ways) =>
        ways.GroupBy(way => (way.Port?.Number, way.Port?.Protocol, way.Proxied, way.ProxyNamespace)).Select(alike => alike.Aggregate(NetworkPath.Better));

    private IEnumerable<NetworkPath> Ways(ServiceView service, HashSet<ObjectKey> seen)
    {
        var own = service.Spec?.Type == "ExternalName" ? [] : ServiceEntryPoints.Find(service, objects.PublicNodes.Count > 0);
        return own.Concat(objects.Routes.To(service.Metadata.Key).SelectMany(source => Through(source, service, seen)));
    }

    private IEnumerable<NetworkPath> Through(Source source, ServiceView service, HashSet<ObjectKey> seen) => source.Kind switch
    {
        Source.Ingress => ThroughIngress(source, service),
        Source.OpenShiftRoute => ThroughOpenShift(source, service),
        Source.Service => ThroughAlias(source, service, seen),
        _ => ThroughRoute(source, service, seen),
    };

    private IEnumerable<NetworkPath> ThroughIngress(Source source, ServiceView service)
    {
        if (objects.Routes.Ingress(source) is not { } ingress)
        {
            yield break;
        }

        var level = LevelOf(
            InternalBalancer.MarkOf(ingress.Metadata, ingress.Spec?.IngressClassName),
            (ingress.Status?.LoadBalancer?.Ingress ?? []).Select(address => address.Ip ?? address.Hostname));
        foreach (var backend in RouteTable.BackendsOf(ingress).Where(backend => backend.Name == service.Metadata.Name))
        {
            var port = Array.Find(
                service.Spec?.Ports ?? [], port => backend.Port?.Name is { Length: > 0 } name ? port.Name == name : port.Number == backend.Port?.Number);
            if (port is not null || IsAlias(service))
            {
                var reached = port ?? PortOf(backend.Port?.Number);
                yield return new NetworkPath(level, [source.ToString(), Name(service, reached)], reached, Proxied: true);
            }
        }
    }

    private IEnumerable<NetworkPath> ThroughOpenShift(Source source, ServiceView service)
    {
        if (objects.Routes.OpenShift(source) is not { Rejected: false } route)
        {
            return [];
        }

        // The target port is a name of the Service's ports or a port of the pods; without one every port is served.
        var target = route.Spec?.Port?.Target ?? default;
        return (service.Spec?.Ports ?? [])
            .Where(port => target == default || (target.Name is { } name ? port.Name == name || port.TargetPort.Name == name : TargetNumber(port) == target.Number))
            .Select(port => new NetworkPath(ExposureLevel.Internet, [source.ToString(), Name(service, port)], port, Proxied: true));
    }

    private IEnumerable<NetworkPath> ThroughAlias(Source source, ServiceView service, HashSet<ObjectKey> seen)
    {
        if (!seen.Add(source.Key) || objects.Services.Find(source.Key) is not { } alias)
        {
            return [];
        }

        // Whoever asks DNS for the alias gets the Service's own address: only what a proxy brings comes from farther than that.
        return Ways(alias, seen).Where(way => way.Proxied).SelectMany(way => Extend(way, service, way.Port?.Number));
    }

    private IEnumerable<NetworkPath> ThroughRoute(Source source, ServiceView service, HashSet<ObjectKey> seen)
    {
        if (objects.Routes.Route(source) is not { } route)
        {
            return [];
        }

        var ports = route.Backends
            .Where(backend => backend.Name == service.Metadata.Name && (backend.Namespace ?? source.Key.Namespace) == service.Metadata.Namespace)
            .Select(backend => backend.Port)
            .Distinct()
            .ToList();
        return IsGranted(source, service)
            ? route.Parents.SelectMany(parent => Into(source, route, parent, seen)).SelectMany(way => ports.SelectMany(port => Extend(way, service, port)))
            : [];
    }

    // The ways that end at a route: from a Gateway, or from a Service whose traffic it directs.
    private IEnumerable<NetworkPath> Into(Source source, RouteView route, RouteView.ParentReference parent, HashSet<ObjectKey> seen)
    {
        switch (RouteTable.ParentOf(parent, source.Key.Namespace))
        {
            case { Kind: Source.Gateway } from
                when objects.Gateways.TryGetValue(from.Key, out var gateway)
                    && !ViewCondition.Denies(gateway.Status?.Conditions, "Accepted")
                    && GatewayRules.Attaches(gateway, route, source.Kind, parent, objects.LabelsOf):
                return [new NetworkPath(LevelOf(gateway), [from.ToString(), source.ToString()], null, Proxied: true, from.Key.Namespace)];
            case { Kind: Source.Service } from when seen.Add(from.Key) && objects.Services.Find(from.Key) is { } front:
                return Ways(front, seen)
                    .Where(way => way.Proxied && (parent.Port is null || parent.Port == way.Port?.Number))
                    .Select(way => way with { Steps = way.Steps.Add(source.ToString()) });
            default:
                return [];
        }
    }

    private static IEnumerable<NetworkPath> Extend(NetworkPath way, ServiceView service, int? number)
    {
        var port = Array.Find(service.Spec?.Ports ?? [], port => port.Number == number);
        if (port is not null || IsAlias(service))
        {
            yield return way with { Steps = way.Steps.Add(Name(service, port ?? PortOf(number))), Port = port ?? PortOf(number) };
        }
    }

    private bool IsGranted(Source route, ServiceView service) =>
        route.Key.Namespace == service.Metadata.Namespace
        || objects.GrantsIn[service.Metadata.Namespace ?? ""]
            .Any(grant => objects.Grants[grant].Allows(route.Kind, route.Key.Namespace, service.Metadata.Name ?? ""));

    private static ExposureLevel LevelOf(GatewayView gateway) => LevelOf(
        InternalBalancer.MarkOf(
            gateway.Metadata with { Annotations = gateway.Spec?.Infrastructure?.Annotations ?? gateway.Metadata.Annotations }, gateway.Spec?.GatewayClassName)
        ?? InternalBalancer.MarkOf(gateway.Metadata),
        (gateway.Status?.Addresses ?? []).Select(address => address.Value));

    /// <summary>Internet, unless it is said or seen that the address is a private one.</summary>
    internal static ExposureLevel LevelOf(string? internalMark, IEnumerable<string?> addresses)
    {
        var known = addresses.Where(address => !string.IsNullOrEmpty(address)).ToList();
        return internalMark is not null || (known.Count > 0 && known.TrueForAll(IsPrivate)) ? ExposureLevel.Cluster : ExposureLevel.Internet;
    }

    private static bool IsPrivate(string? address) =>
        System.Net.IPAddress.TryParse(address, out _) ? !AddressRanges.IsPublic(address) : address!.EndsWith(".svc.cluster.local", StringComparison.Ordinal);

    private static bool IsAlias(ServiceView service) => service.Spec?.Type == "ExternalName";

    private static ServiceView.ServicePort? PortOf(int? number) => number is { } value ? new ServiceView.ServicePort(null, value, default, 0, null) : null;

    private static int TargetNumber(ServiceView.ServicePort port) => port.TargetPort == default ? port.Number : port.TargetPort.Number;

    internal static string Name(ServiceView service, ServiceView.ServicePort? port) =>
        port is null ? $"Service {service.Metadata.Key}" : $"Service {service.Metadata.Key}:{port.Number}";
}
