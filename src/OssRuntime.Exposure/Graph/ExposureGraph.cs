using System.Collections.Immutable;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Exposure.Views;
using OssRuntime.Exposure.Pods;

namespace OssRuntime.Exposure.Graph;

/// <summary>
/// The exposure of every pod, kept current. A change marks what it may concern and computes nothing; <see cref="Settle"/> computes what is marked:
/// <code>
///   Gateway, ReferenceGrant ─► routes ─┐
///   Ingress, Route ────────────────────┴─► Services ─► ways to them ─┬─► pods ─► exposure
///   EndpointSlice, Service ────────────────────────────────────────────┤
///   NetworkPolicy, Namespace, Node, Pod ───────────────────────────────┘
/// </code>
/// Both the old and the new state of an object mark. Any thread may call anything.
/// </summary>
internal sealed class ExposureGraph
{
    private readonly Lock _gate = new();
    private readonly ClusterObjects _objects = new();
    private readonly NetworkPathFinder _finder;
    private readonly PodExposureEvaluator _judge;
    private readonly Dictionary<ObjectKey, ImmutableArray<NetworkPath>> _ways = [];
    private readonly Dictionary<ObjectKey, PodExposure> _exposures = [];
    private readonly HashSet<ObjectKey> _services = [];
    private readonly HashSet<ObjectKey> _pods = [];
    private readonly HashSet<ObjectKey> _changed = [];
    private bool _policiesMarked;

    public ExposureGraph()
    {
        _finder = new NetworkPathFinder(_objects);
        _judge = new PodExposureEvaluator(_objects, _ways);
    }

    /// <summary>How many Services and pods were computed so far.</summary>
    public (long Services, long Pods) Computed { get; private set; }

    /// <summary>The exposure of a pod as of now, or null where there is no such pod.</summary>
    public PodExposure? Of(ObjectKey pod)
    {
        lock (_gate)
        {
            Compute();
            return _exposures.GetValueOrDefault(pod);
        }
    }

    /// <summary>The exposure that a pod would have if it were there.</summary>
    public PodExposure Judge(PodView pod)
    {
        lock (_gate)
        {
            Compute();
            return _judge.Judge(pod);
        }
    }

    /// <summary>Computes what is marked, and returns the pods whose exposure changed since the last call.</summary>
    public IReadOnlyCollection<ObjectKey> Settle()
    {
        lock (_gate)
        {
            Compute();
            var changed = _changed.ToArray();
            _changed.Clear();
            return changed;
        }
    }

    /// <summary>Takes over an object of any kind that exposure is computed from, by the name of the kind; null where it is gone.</summary>
    public void Put(string kind, ObjectKey key, IResource? item)
    {
        switch (kind)
        {
            case "Pod":
                Set(key, (PodView?)item);
                break;
            case "Node":
                SetNode(key.Name, item is NodeView { IsPublic: true });
                break;
            case "Namespace":
                SetNamespace(key.Name, (item as NamespaceView)?.Labels);
                break;
            case Source.Service:
                Set(key, (ServiceView?)item);
                break;
            case EndpointSliceView.Kind:
                Set(key, (EndpointSliceView?)item);
                break;
            case Source.Ingress:
                Set(key, (IngressView?)item);
                break;
            case "NetworkPolicy":
                Set(key, (NetworkPolicyView?)item);
                break;
            case GatewayView.Kind:
                Set(key, (GatewayView?)item);
                break;
            case ReferenceGrantView.Kind:
                Set(key, (ReferenceGrantView?)item);
                break;
            case OpenShiftRouteView.Kind:
                Set(key, (OpenShiftRouteView?)item);
                break;
            default:
                Set(kind, key, (RouteView?)item);
                break;
        }
    }

    public void Set(ObjectKey key, PodView? pod)
    {
        lock (_gate)
        {
            _objects.Pods.Set(key, pod is { Finished: false } ? pod : null);
            _pods.Add(key);
        }
    }

    public void Set(ObjectKey key, ServiceView? service)
    {
        lock (_gate)
        {
            _pods.UnionWith(_objects.PodsBehind(key));
            MarkWithDownstream(key);
            _objects.Services.Set(key, service);
            _objects.Routes.SetAlias(key, service is null ? null : ClusterObjects.TargetOf(service));
            MarkWithDownstream(key);
        }
    }

    public void Set(ObjectKey key, EndpointSliceView? slice)
    {
        lock (_gate)
        {
            MarkSlice(_objects.Slices.GetValueOrDefault(key));
            _objects.SetSlice(key, slice);
            MarkSlice(slice);
        }
    }

    public void Set(ObjectKey key, IngressView? ingress) => SetRoute(new Source(Source.Ingress, key), source => _objects.Routes.Set(source, ingress));

    public void Set(ObjectKey key, OpenShiftRouteView? route) =>
        SetRoute(new Source(Source.OpenShiftRoute, key), source => _objects.Routes.Set(source, route));

    /// <summary>Takes over a route of the Gateway API.</summary>
    public void Set(string kind, ObjectKey key, RouteView? route) => SetRoute(new Source(kind, key), source => _objects.Routes.Set(source, route));

    public void Set(ObjectKey key, GatewayView? gateway)
    {
        lock (_gate)
        {
            _objects.Gateways.Remove(key);
            if (gateway is not null)
            {
                _objects.Gateways[key] = gateway;
            }

            foreach (var route in _objects.Routes.Under(new Source(Source.Gateway, key)))
            {
                MarkBackends(route);
            }
        }
    }

    public void Set(ObjectKey key, ReferenceGrantView? grant)
    {
        lock (_gate)
        {
            _objects.Grants.Remove(key);
            _objects.GrantsIn.Remove(key.Namespace ?? "", key);
            if (grant is not null)
            {
                _objects.Grants[key] = grant;
                _objects.GrantsIn.Add(key.Namespace ?? "", key);
            }

            foreach (var service in _objects.Services.In(key.Namespace).Where(service => _objects.Routes.To(service).Count > 0))
            {
                MarkWithDownstream(service);
            }
        }
    }

    public void Set(ObjectKey key, NetworkPolicyView? policy)
    {
        lock (_gate)
        {
            MarkSelected(_objects.Policies.GetValueOrDefault(key));
            _objects.Policies.Remove(key);
            _objects.PoliciesIn.Remove(key.Namespace ?? "", key);
            if (policy is not null)
            {
                _objects.Policies[key] = policy;
                _objects.PoliciesIn.Add(key.Namespace ?? "", key);
            }

            MarkSelected(policy);
        }
    }

    /// <summary>Takes over a namespace's labels; null where it is gone.</summary>
    public void SetNamespace(string name, LabelSet? labels)
    {
        lock (_gate)
        {
            _objects.SetNamespace(name, labels);
            _policiesMarked = true;
            foreach (var route in _objects.Routes.RoutesIn(name))
            {
                MarkBackends(route);
            }
        }
    }

    /// <summary>Takes over whether a node has a public address.</summary>
    public void SetNode(string name, bool isPublic)
    {
        lock (_gate)
        {
            var any = _objects.PublicNodes.Count > 0;
            if (!(isPublic ? _objects.PublicNodes.Add(name) : _objects.PublicNodes.Remove(name)))
            {
                return;
            }

            _pods.UnionWith(_objects.Pods.All.Where(pod => pod.Node == name).Select(pod => pod.Key));
            if (any != _objects.PublicNodes.Count > 0)
            {
                _services.UnionWith(_objects.Services.All.Where(service => service.Spec?.Type == "NodePort").Select(service => service.Metadata.Key));
            }
        }
    }

    private void SetRoute(Source source, Action<Source> set)
    {
        lock (_gate)
        {
            MarkBackends(source);
            set(source);
            MarkBackends(source);
        }
    }

    private void MarkBackends(Source source)
    {
        foreach (var service in _objects.Routes.Backends(source))
        {
            MarkWithDownstream(service);
        }
    }

    // What is another's alias, or directed by a route attached to it, hands its ways on; a circle ends where it is marked already.
    private void MarkWithDownstream(ObjectKey service)
    {
        var open = new Stack<ObjectKey>([service]);
        var seen = new HashSet<ObjectKey>();
        while (open.TryPop(out var key))
        {
            if (!seen.Add(key))
            {
                continue;
            }

            _services.Add(key);
            var self = new Source(Source.Service, key);
            foreach (var next in _objects.Routes.Backends(self).Concat(_objects.Routes.Under(self).SelectMany(_objects.Routes.Backends)))
            {
                open.Push(next);
            }
        }
    }

    private void MarkSlice(EndpointSliceView? slice)
    {
        if (slice is not null)
        {
            _pods.UnionWith(_objects.PodsIn(slice));
            _services.Add(slice.Service);
        }
    }

    private void MarkSelected(NetworkPolicyView? policy)
    {
        if (policy is { LimitsIngress: true })
        {
            _pods.UnionWith(_objects.Pods.In(policy.Metadata.Namespace).Where(pod => NetworkPolicyEvaluator.Selects(policy, pod)).Select(pod => pod.Key));
        }
    }

    private void Compute()
    {
        if (_policiesMarked)
        {
            _policiesMarked = false;
            foreach (var policy in _objects.Policies.Values.Where(SelectsNamespaces))
            {
                MarkSelected(policy);
            }
        }

        foreach (var key in _services)
        {
            var service = _objects.Services.Find(key);
            if (service is null)
            {
                _ways.Remove(key);
            }
            else
            {
                _ways[key] = _finder.Find(service);
            }

            _pods.UnionWith(_objects.PodsBehind(key));
        }

        foreach (var key in _pods)
        {
            var before = _exposures.GetValueOrDefault(key);
            var now = _objects.Pods.Find(key) is { } pod ? _judge.Judge(pod) : null;
            if (now is null)
            {
                _exposures.Remove(key);
            }
            else
            {
                _exposures[key] = now;
            }

            if (now != before)
            {
                _changed.Add(key);
            }
        }

        Computed = (Computed.Services + _services.Count, Computed.Pods + _pods.Count);
        _services.Clear();
        _pods.Clear();
    }

    private static bool SelectsNamespaces(NetworkPolicyView policy) =>
        (policy.Spec?.Ingress ?? []).Any(rule => (rule.From ?? []).Any(peer => peer.NamespaceSelector is not null));
}
