using OssRuntime.Exposure.Addresses;
using OssRuntime.Exposure.Balancers;
using OssRuntime.Exposure.Views;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>The ways to a Service that its own fields open: its address in the cluster, a load balancer, node ports, external addresses.</summary>
internal sealed class ServiceEntryPoints(BalancerSurroundings surroundings, BalancerRules rules)
{
    /// <summary>The ways, for each port.</summary>
    public IEnumerable<NetworkPath> Find(ServiceView service)
    {
        ServiceView.ServicePort?[] ports = service.Spec?.Ports is { Length: > 0 } stated ? [.. stated] : [null];
        var masked = service.Spec?.ExternalTrafficPolicy != "Local";
        var balancer = service.Spec?.Type == "LoadBalancer" ? rules.OfService(service) : default;
        foreach (var port in ports)
        {
            var last = NetworkPathFinder.Name(service, port);
            yield return new NetworkPath(ExposureLevel.Cluster, [last], port);
            foreach (var way in service.FacesOutside ? Outer(service, balancer, last, port) : [])
            {
                yield return way with { Masked = masked };
            }

            foreach (var address in service.Spec?.ExternalIPs ?? [])
            {
                yield return new NetworkPath(AddressRanges.IsPublic(address) ? ExposureLevel.Internet : ExposureLevel.Cluster, [$"external address {address}", last], port) { Masked = masked };
            }

            if (service.Metadata.Annotation("cloud.google.com/neg")?.Contains("exposed_ports", StringComparison.Ordinal) == true)
            {
                yield return new NetworkPath(ExposureLevel.Internet, [last], port)
                {
                    Doubt = $"Service {service.Metadata.Key} is in network endpoint groups, behind a balancer that no object shows",
                };
            }
        }
    }

    /// <summary>From how far its own fields let anybody in.</summary>
    public ExposureLevel LevelOf(ServiceView service) => Find(service).Where(way => way.Doubt is null).Max(way => way.Level);

    private IEnumerable<NetworkPath> Outer(ServiceView service, BalancerReach balancer, string last, ServiceView.ServicePort? port) =>
        (service.Spec?.Type == "LoadBalancer" ? Through(balancer, NameOf(service), last, port) : []).Concat(ThroughNodes(service, balancer, last, port));

    private IEnumerable<NetworkPath> ThroughNodes(ServiceView service, BalancerReach balancer, string last, ServiceView.ServicePort? port)
    {
        var balanced = service.Spec?.Type == "LoadBalancer";
        // A server gives each its number; files may leave that to it.
        if (port is null || !(service.Spec?.Type == "NodePort" || (balanced && balancer.Level < ExposureLevel.Internet && service.Spec?.AllocateLoadBalancerNodePorts != false))
            || (port.NodePort == 0 && surroundings.SeesWholeCluster))
        {
            return [];
        }

        // That nodes are not shown is no news where they only come in besides.
        return balanced && !surroundings.HasNodes ? [] : Through(rules.OfNodes() with { Note = "" }, port.NodePort == 0 ? "a node port" : $"node port {port.NodePort}", last, port);
    }

    private static IEnumerable<NetworkPath> Through(BalancerReach reach, string name, string last, ServiceView.ServicePort? port)
    {
        yield return new NetworkPath(reach.Level, [reach.Note.Length == 0 ? name : $"{name} ({reach.Note})", last], port);
        if (reach.Doubt is { } doubt)
        {
            yield return new NetworkPath(ExposureLevel.Internet, [name, last], port) { Doubt = $"{last}: {doubt}" };
        }
    }

    private static string NameOf(ServiceView service) =>
        BalancerSurroundings.AddressesOf(service).Order(StringComparer.Ordinal).FirstOrDefault() is { } first ? $"load balancer {first}" : "load balancer";
}
