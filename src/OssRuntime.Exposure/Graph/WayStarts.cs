using OssRuntime.Exposure.Lists;
using OssRuntime.Exposure.Ways;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>How what comes from outside comes to the objects of the list of what is understood: by themselves, and through others that include them.</summary>
internal sealed class WayStarts(ClusterObjects objects)
{
    /// <summary>Where Knative's domain is configured.</summary>
    public static readonly Source KnativeConfiguration = new("ConfigMap", new ObjectKey("knative-serving", "config-domain"));

    private readonly IstioGatewayReach _istio = new(objects);
    private const string ClusterDomain = ".svc.cluster.local";

    /// <summary>Forgets what was found of Gateways: objects may be others now.</summary>
    public void Forget() => _istio.Forget();

    /// <summary>The ways that end at the object.</summary>
    public IEnumerable<NetworkPath> Of(Source source, WayView way) => Of(source, way, []);

    private IEnumerable<NetworkPath> Of(Source source, WayView way, HashSet<Source> seen)
    {
        // What includes itself in a circle is gone through once.
        if (way.Refused || !seen.Add(source))
        {
            return [];
        }

        var outer = objects.Routes.Includers(source)
            .SelectMany(includer => objects.Routes.Way(includer) is { } outside ? Of(includer, outside, seen) : [])
            .Select(start => start with { Steps = start.Steps.Add(source.ToString()) });
        return Own(source, way).Concat(outer);
    }

    private IEnumerable<NetworkPath> Own(Source source, WayView way) => way.Row.Facing switch
    {
        Facing.Proxy => Served(source, way),
        Facing.VirtualHost when way.IsRoot => Served(source, way),
        Facing.IstioGateways => way.Gateways.SelectMany(gateway => Through(gateway, source, way)),
        Facing.KnativeDomain when !way.IsLocal => ByDomain(source, way),
        Facing.Outside => [Doubtful(source, $"{source.Title} puts the pods behind a balancer that no object shows")],
        _ => [],
    };

    private IEnumerable<NetworkPath> Served(Source source, WayView way) =>
        [new NetworkPath(objects.Rules.OfProxy(way.Addresses).Level, [source.ToString()], null, Proxied: true)];

    private IEnumerable<NetworkPath> ByDomain(Source source, WayView way)
    {
        var domain = way.Domain ?? objects.Routes.Way(KnativeConfiguration)?.Domain;
        return domain is null
            ? [Doubtful(source, $"{source.Title}: the domain that Knative is configured with is not shown")]
            : domain.EndsWith(ClusterDomain, StringComparison.OrdinalIgnoreCase) ? [] : Served(source, way);
    }

    private IEnumerable<NetworkPath> Through(ObjectKey gateway, Source source, WayView way)
    {
        if (!objects.IstioGateways.TryGetValue(gateway, out var found))
        {
            return objects.SeesWholeCluster ? [] : [Doubtful(source, $"{source.Title} names Gateway {gateway}, which is not shown")];
        }

        if (!Array.Exists(found.Spec?.Servers ?? [], server => HostsMeet(server.Hosts, found.Metadata.Namespace, way)))
        {
            return [];
        }

        var (level, @namespace) = _istio.Of(found);
        return [new NetworkPath(level, [$"Gateway {gateway}", source.ToString()], null, Proxied: true, @namespace)];
    }

    // A server's hosts may say whose VirtualServices they are for: "./*.example", "shop/*", "*/*".
    private static bool HostsMeet(string[]? hosts, string? @namespace, WayView way) =>
        Array.Exists(hosts ?? [], host =>
        {
            var slash = host.IndexOf('/', StringComparison.Ordinal);
            var (space, name) = slash < 0 ? ("*", host) : (host[..slash], host[(slash + 1)..]);
            return (space == "*" || (space == "." ? @namespace : space) == way.Metadata.Namespace)
                && (name == "*" || way.Hosts.IsEmpty || way.Hosts.Any(other => other == "*" || GatewayRules.HostsMeet(name, [other])));
        });

    private static NetworkPath Doubtful(Source source, string doubt) => new(ExposureLevel.Internet, [source.ToString()], null, Proxied: true) { Doubt = doubt };
}
