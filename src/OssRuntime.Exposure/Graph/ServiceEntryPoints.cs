using OssRuntime.Exposure.Addresses;
using OssRuntime.Exposure.Views;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>The ways to a Service that its own fields open: its address in the cluster, a load balancer, node ports, external addresses.</summary>
internal static class ServiceEntryPoints
{
    /// <summary>The ways, for each port. <paramref name="publicNodes"/> says that some node has a public address.</summary>
    public static IEnumerable<NetworkPath> Find(ServiceView service, bool publicNodes)
    {
        ServiceView.ServicePort?[] ports = service.Spec?.Ports is { Length: > 0 } stated ? [.. stated] : [null];
        foreach (var port in ports)
        {
            var last = NetworkPathFinder.Name(service, port);
            yield return new NetworkPath(ExposureLevel.Cluster, [last], port);
            if (service.Spec?.Type == "LoadBalancer")
            {
                var (level, name) = Balancer(service);
                yield return new NetworkPath(level, [name, last], port);
            }

            if (service.Spec?.Type == "NodePort" && port?.NodePort > 0)
            {
                yield return new NetworkPath(publicNodes ? ExposureLevel.Internet : ExposureLevel.Cluster, [$"node port {port.NodePort}", last], port);
            }

            foreach (var address in service.Spec?.ExternalIPs ?? [])
            {
                yield return new NetworkPath(AddressRanges.IsPublic(address) ? ExposureLevel.Internet : ExposureLevel.Cluster, [$"external address {address}", last], port);
            }
        }
    }

    private static (ExposureLevel Level, string Name) Balancer(ServiceView service)
    {
        var addresses = (service.Status?.LoadBalancer?.Ingress ?? []).Select(address => address.Ip ?? address.Hostname).ToList();
        var name = addresses.OfType<string>().Order(StringComparer.Ordinal).FirstOrDefault() is { } first ? $"load balancer {first}" : "load balancer";
        var level = NetworkPathFinder.LevelOf(InternalBalancer.MarkOf(service.Metadata, service.Spec?.LoadBalancerClass), addresses);
        if (level == ExposureLevel.Cluster)
        {
            return (level, $"{name} (internal)");
        }

        var ranges = service.Spec?.LoadBalancerSourceRanges ?? [];
        return ranges.Length > 0 && !Array.Exists(ranges, range => AddressRanges.HoldsPublic(range.Trim(), []))
            ? (ExposureLevel.Cluster, $"{name} (private sources only)")
            : (level, name);
    }
}
