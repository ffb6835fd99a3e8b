using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Graph;

/// <summary>What is to be computed anew. A change marks what it may concern, and computes nothing.</summary>
internal sealed class GraphMarks(ClusterObjects objects)
{
    private bool _policies;
    private bool _everyPod;

    public HashSet<ObjectKey> Services { get; } = [];

    public HashSet<ObjectKey> Pods { get; } = [];

    /// <summary>Marks the policies that go by namespaces, nodes or proxies, and the pods that they select.</summary>
    public void AddPolicies() => _policies = true;

    public void AddEveryPod() => _everyPod = true;

    public void AddNamespace(string? @namespace)
    {
        if (@namespace is null)
        {
            AddEveryPod();
            return;
        }

        Pods.UnionWith(objects.Pods.In(@namespace).Select(pod => pod.Key));
    }

    public void AddBackends(Source source)
    {
        foreach (var service in objects.Routes.Backends(source))
        {
            AddWithDownstream(service);
        }
    }

    /// <summary>Marks what a way leads to, itself and through those that it includes; a circle ends where it began.</summary>
    public void AddWay(Source way)
    {
        var open = new Stack<Source>([way]);
        var seen = new HashSet<Source>();
        while (open.TryPop(out var source))
        {
            if (seen.Add(source))
            {
                AddBackends(source);
                foreach (var include in objects.Routes.Includes(source))
                {
                    open.Push(include);
                }
            }
        }
    }

    /// <summary>Marks what hangs under a Gateway or a set of listeners.</summary>
    public void AddUnder(Source parent)
    {
        foreach (var route in objects.Routes.Under(parent))
        {
            AddWay(route);
        }
    }

    /// <summary>Marks a Service. What is another's alias, or directed by a route attached to it, hands its ways on; a circle ends where it is marked already.</summary>
    public void AddWithDownstream(ObjectKey service)
    {
        var open = new Stack<ObjectKey>([service]);
        var seen = new HashSet<ObjectKey>();
        while (open.TryPop(out var key))
        {
            if (!seen.Add(key))
            {
                continue;
            }

            Services.Add(key);
            var self = new Source(Source.Service, key);
            foreach (var next in objects.Routes.Backends(self).Concat(objects.Routes.Under(self).SelectMany(objects.Routes.Backends)))
            {
                open.Push(next);
            }
        }
    }

    /// <summary>Marks what goes by the addresses of a Service's balancer: Ingresses, Gateways and ways that show the same.</summary>
    public void AddSharers(IReadOnlyCollection<string> addresses)
    {
        foreach (var source in addresses.Count == 0 ? [] : objects.Routes.Ingresses)
        {
            if ((objects.Routes.Ingress(source)!.Status?.LoadBalancer?.Ingress ?? []).Any(shown => addresses.Contains(shown.Ip ?? shown.Hostname ?? "")))
            {
                AddBackends(source);
            }
        }

        foreach (var (source, way) in addresses.Count == 0 ? [] : objects.Routes.Ways)
        {
            if (way.Addresses.Any(addresses.Contains))
            {
                AddWay(source);
            }
        }

        foreach (var (key, gateway) in addresses.Count == 0 ? [] : objects.Gateways)
        {
            if ((gateway.Status?.Addresses ?? []).Any(shown => addresses.Contains(shown.Value ?? "")))
            {
                AddUnder(new Source(Source.Gateway, key));
            }
        }
    }

    /// <summary>Marks every Ingress, Gateway and Service that a balancer serves: what all of them go by has changed.</summary>
    public void AddBalanced()
    {
        Services.UnionWith(objects.Services.All.Where(service => service.FacesOutside).Select(service => service.Metadata.Key));
        foreach (var source in objects.Routes.Ingresses.Concat(objects.Routes.OpenShiftRoutes))
        {
            AddBackends(source);
        }

        foreach (var key in objects.Gateways.Keys)
        {
            AddUnder(new Source(Source.Gateway, key));
        }

        AddIstio();
    }

    /// <summary>Marks what comes through Istio's Gateways: who their proxies are, or who leads to those, has changed.</summary>
    public void AddIstio()
    {
        foreach (var key in objects.IstioGateways.Keys)
        {
            AddUnder(new Source(IstioGatewayView.Id, key));
        }
    }

    public void AddSlice(EndpointSliceView? slice)
    {
        if (slice is not null)
        {
            Pods.UnionWith(objects.PodsIn(slice));
            Services.Add(slice.Service);
        }
    }

    public void AddSelected(NetworkPolicyView? policy)
    {
        if (policy is { LimitsIngress: true })
        {
            Pods.UnionWith(objects.Pods.In(policy.Metadata.Namespace).Where(pod => NetworkPolicyEvaluator.Selects(policy, pod)).Select(pod => pod.Key));
        }
    }

    /// <summary>Turns what is marked as a whole into the pods that it is about. True where policies are to be resolved anew.</summary>
    public bool Resolve()
    {
        if (_everyPod)
        {
            Pods.UnionWith(objects.Pods.All.Select(pod => pod.Key));
        }
        else if (_policies)
        {
            foreach (var policy in objects.Policies.Values.Where(GoesByOthers))
            {
                AddSelected(policy);
            }
        }

        var policies = _policies || _everyPod;
        (_policies, _everyPod) = (false, false);
        return policies;
    }

    public void Clear()
    {
        Services.Clear();
        Pods.Clear();
    }

    private static bool GoesByOthers(NetworkPolicyView policy) =>
        (policy.Spec?.Ingress ?? []).Any(rule => (rule.From ?? []).Any(peer => peer.NamespaceSelector is not null || peer.IpBlock is not null));
}
