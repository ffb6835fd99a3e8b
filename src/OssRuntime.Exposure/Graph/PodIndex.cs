using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Graph;

/// <summary>What concerns other pods than itself: tunnels, proxies, who faces outside, who enforces policies.</summary>
internal sealed class PodIndex
{
    /// <summary>By namespace what may bring in what comes from outside: Services that face it, and pods with ports of their nodes.</summary>
    public Multimap<string, Source> Fronts { get; } = new();

    /// <summary>Proxies on the network of their nodes, by node; those that may run on any under an empty name.</summary>
    public Multimap<string, ObjectKey> HostProxies { get; } = new();

    /// <summary>Pods that bring in what comes through a tunnel, with the client that does.</summary>
    public SortedDictionary<ObjectKey, (string Client, bool Certain)> Tunnels { get; } = [];

    /// <summary>The pods of network plugins that enforce policies.</summary>
    public HashSet<ObjectKey> Enforcers { get; } = [];

    /// <summary>Keeps what a pod is to others, and says what of it is something else now than it was.</summary>
    public RoleChanges Set(ObjectKey key, PodView? before, PodView? now)
    {
        var (fronts, enforced, tunnels) = (Fronts[key.Namespace ?? ""].Count > 0, Enforcers.Count > 0, Tunnels.TryGetValue(key, out var tunnel) ? tunnel : default);
        var proxies = before is not null && PodRoles.IsHostProxy(before);
        Fronts.Remove(key.Namespace ?? "", new Source("Pod", key));
        if (proxies)
        {
            HostProxies.Remove(before!.Node, key);
        }

        Enforcers.Remove(key);
        Tunnels.Remove(key);
        if (now is not null)
        {
            Add(key, now);
        }

        var proxiesNow = now is not null && PodRoles.IsHostProxy(now);
        return (fronts != Fronts[key.Namespace ?? ""].Count > 0 ? RoleChanges.Fronts : RoleChanges.None)
            | (enforced != Enforcers.Count > 0 ? RoleChanges.Everything : RoleChanges.None)
            | (tunnels != (Tunnels.TryGetValue(key, out tunnel) ? tunnel : default) ? RoleChanges.Everything : RoleChanges.None)
            | ((proxies ? before!.Node : null) != (proxiesNow ? now!.Node : null) ? RoleChanges.NodeProxy : RoleChanges.None);
    }

    /// <summary>Keeps whether a Service faces outside. True where its namespace has something that does now and had not, or the other way.</summary>
    public bool Set(ObjectKey key, ServiceView? service)
    {
        var before = Fronts[key.Namespace ?? ""].Count > 0;
        var source = new Source(Source.Service, key);
        if (service is { FacesOutside: true })
        {
            Fronts.Add(key.Namespace ?? "", source);
        }
        else
        {
            Fronts.Remove(key.Namespace ?? "", source);
        }

        return before != Fronts[key.Namespace ?? ""].Count > 0;
    }

    private void Add(ObjectKey key, PodView pod)
    {
        if (PodRoles.MayFaceOutside(pod))
        {
            Fronts.Add(key.Namespace ?? "", new Source("Pod", key));
        }

        if (PodRoles.IsHostProxy(pod))
        {
            HostProxies.Add(pod.Node, key);
        }

        if (PodRoles.EnforcesPolicies(pod))
        {
            Enforcers.Add(key);
        }

        if (PodRoles.TunnelOf(pod) is { } client)
        {
            Tunnels[key] = (client, true);
        }
        else if (PodRoles.PossibleTunnelOf(pod) is { } possible)
        {
            Tunnels[key] = (possible, false);
        }
    }
}
