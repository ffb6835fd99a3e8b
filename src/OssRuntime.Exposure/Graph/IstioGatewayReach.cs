using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>
/// How far the proxies that an Istio Gateway configures are reached: by the Services that select them and by ports of their nodes. Where none of them is seen, they are
/// taken to face outside, which is what gateways are for.
/// </summary>
internal sealed class IstioGatewayReach(ClusterObjects objects)
{
    private readonly Dictionary<IstioGatewayView, (ExposureLevel, string?)> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Forgets what was found: objects may be others now.</summary>
    public void Forget() => _known.Clear();

    /// <summary>The level, and the namespace of the proxies where it is known.</summary>
    public (ExposureLevel Level, string? Namespace) Of(IstioGatewayView gateway)
    {
        if (!_known.TryGetValue(gateway, out var known))
        {
            _known[gateway] = known = Find(gateway);
        }

        return known;
    }

    private (ExposureLevel Level, string? Namespace) Find(IstioGatewayView gateway)
    {
        if (gateway.Spec?.Selector is not { Count: > 0 } selector)
        {
            return (ExposureLevel.Internet, null);
        }

        var seen = objects.Roles.Fronts.Keys.Order(StringComparer.Ordinal)
            .SelectMany(space => objects.Roles.Fronts[space])
            .Select(front => front.Kind == Source.Service ? OfService(front, selector) : OfPod(front, selector))
            .OfType<(ExposureLevel Level, string? Namespace)>()
            .ToList();
        return seen.Count > 0 ? seen.MaxBy(reach => reach.Level)
            : objects.Services.All.Where(service => IsOver(service, selector)).OrderBy(service => service.Metadata.Key).FirstOrDefault() is { } inner
                ? (ExposureLevel.Cluster, inner.Metadata.Namespace) : (ExposureLevel.Internet, null);
    }

    private (ExposureLevel, string?)? OfService(Source front, Dictionary<string, string> selector) =>
        objects.Services.Find(front.Key) is { } service && IsOver(service, selector) ? (objects.EntryPoints.LevelOf(service), front.Key.Namespace) : null;

    private (ExposureLevel, string?)? OfPod(Source front, Dictionary<string, string> selector) =>
        objects.Pods.Find(front.Key) is { } pod && Has(pod, selector)
            ? (pod.Node.Length == 0 ? objects.Rules.OfNodes().Level : objects.Balancers.IsPublic(pod.Node) ? ExposureLevel.Internet : ExposureLevel.Cluster, front.Key.Namespace)
            : null;

    /// <summary>True where a Service is in front of the proxies that a selector means: by the pods that are there; where none is, by what the two selectors have in common.</summary>
    public bool IsOver(ServiceView service, Dictionary<string, string> selector)
    {
        if (service.Spec?.Selector is not { Count: > 0 } own)
        {
            return false;
        }

        var pods = objects.Pods.With(service.Metadata.Namespace, own).ToList();
        return pods.Count > 0
            ? pods.Exists(pod => Has(pod, selector))
            : selector.All(pair => !own.TryGetValue(pair.Key, out var value) || value == pair.Value) && selector.Any(pair => own.ContainsKey(pair.Key));
    }

    private static bool Has(PodView pod, Dictionary<string, string> selector) => selector.All(pair => pod.Labels.Find(pair.Key) == pair.Value);
}
