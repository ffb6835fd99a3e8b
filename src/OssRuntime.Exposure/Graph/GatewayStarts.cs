using OssRuntime.Exposure.Balancers;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>Where ways begin that lead through Gateways of the Gateway API: by the Gateway itself, a set of listeners of it, or because it is one by default.</summary>
internal sealed class GatewayStarts(ClusterObjects objects)
{
    private readonly Dictionary<GatewayView, BalancerReach> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>Forgets how far Gateways reach: objects may be others now.</summary>
    public void Forget() => _known.Clear();

    /// <summary>The ways that a route gets from a parent.</summary>
    public IEnumerable<NetworkPath> Of(Source from, Source source, RouteView route, RouteView.ParentReference parent)
    {
        if (from.Kind == Source.ListenerSet)
        {
            return objects.ListenerSets.TryGetValue(from.Key, out var set)
                && set.Spec?.ParentRef is { Name: { } name } owner
                && new ObjectKey(owner.Namespace ?? from.Key.Namespace, name) is var key
                && objects.Gateways.TryGetValue(key, out var gateway)
                && IsAccepted(gateway)
                && GatewayRules.TakesListeners(gateway, set, objects.LabelsOf)
                && GatewayRules.Attaches(set, route, source.Kind, parent, objects.LabelsOf)
                ? Starts(gateway, key, [$"Gateway {key}", $"ListenerSet {from.Key}", source.ToString()])
                : [];
        }

        return objects.Gateways.TryGetValue(from.Key, out var known) && IsAccepted(known) && GatewayRules.Attaches(known, route, source.Kind, parent, objects.LabelsOf)
            ? Starts(known, from.Key, [from.ToString(), source.ToString()])
            : [];
    }

    /// <summary>The ways that a route gets from the Gateways that are so by default, where it asks for them.</summary>
    public IEnumerable<NetworkPath> Default(Source source, RouteView route) =>
        route.UsesDefaultGateways
            ? objects.Gateways
                .Where(pair => pair.Value.IsDefault && IsAccepted(pair.Value)
                    && GatewayRules.Attaches(pair.Value, route, source.Kind, new RouteView.ParentReference(null, null, pair.Key.Namespace, pair.Key.Name, null, null), objects.LabelsOf))
                .OrderBy(pair => pair.Key)
                .SelectMany(pair => Starts(pair.Value, pair.Key, [$"Gateway {pair.Key}", source.ToString()]))
            : [];

    private static bool IsAccepted(GatewayView gateway) => !ViewCondition.Denies(gateway.Status?.Conditions, "Accepted");

    private IEnumerable<NetworkPath> Starts(GatewayView gateway, ObjectKey key, string[] steps)
    {
        if (!_known.TryGetValue(gateway, out var reach))
        {
            _known[gateway] = reach = objects.Rules.OfGateway(gateway);
        }

        yield return new NetworkPath(reach.Level, [.. steps], null, Proxied: true, key.Namespace);
        if (reach.Doubt is { } doubt)
        {
            yield return new NetworkPath(ExposureLevel.Internet, [.. steps], null, Proxied: true, key.Namespace) { Doubt = $"Gateway {key}: {doubt}" };
        }
    }
}
