using System.Collections.Immutable;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Graph;

/// <summary>
/// The exposure of every pod, kept current. A change marks what it may concern and computes nothing; <see cref="Settle"/> computes what is marked:
/// <code>
///   Gateway, ReferenceGrant, classes ─► routes, ways ─┐
///   Ingress, Route ───────────────────────────────────┴─► Services ─► ways to them ─┬─► pods ─► exposure
///   EndpointSlice, Service ───────────────────────────────────────────────────────────┤
///   policies, Namespace, Node, Pod, what is not understood ───────────────────────────┘
/// </code>
/// Both the old and the new state of an object mark. Any thread may call anything.
/// </summary>
internal sealed class ExposureGraph
{
    private readonly Lock _gate = new();
    private readonly ClusterObjects _objects;
    private readonly GraphMarks _marks;
    private readonly GraphChanges _changes;
    private readonly NetworkPathFinder _finder;
    private readonly NetworkPolicyEvaluator _policies;
    private readonly PodExposureEvaluator _judge;
    private readonly Dictionary<ObjectKey, ImmutableArray<NetworkPath>> _ways = [];
    private readonly Dictionary<ObjectKey, PodExposure> _exposures = [];
    private readonly HashSet<ObjectKey> _changed = [];

    /// <summary>Knows nothing yet.</summary>
    /// <param name="seesWholeCluster">True where what it is not told of is not there; manifests show a part of a cluster.</param>
    public ExposureGraph(bool seesWholeCluster = false)
    {
        _objects = new ClusterObjects(seesWholeCluster);
        _marks = new GraphMarks(_objects);
        _finder = new NetworkPathFinder(_objects);
        _policies = new NetworkPolicyEvaluator(_objects);
        _changes = new GraphChanges(_objects, _marks, _policies);
        _judge = new PodExposureEvaluator(_objects, _policies, _ways);
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
            return _judge.Judge(pod, alone: true);
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

    /// <summary>Takes over an object of any kind that exposure is computed from, by the id of the kind; null where it is gone.</summary>
    public void Put(string kind, ObjectKey key, IResource? item)
    {
        lock (_gate)
        {
            _changes.Put(kind, key, item);
        }
    }

    public void Set(ObjectKey key, PodView? pod) => Put(PodView.Resource.Kind, key, pod);

    public void Set(ObjectKey key, ServiceView? service) => Put(Source.Service, key, service);

    public void Set(ObjectKey key, GatewayView? gateway) => Put(GatewayView.Kind, key, gateway);

    public void Set(ObjectKey key, NetworkPolicyView? policy) => Put(NetworkPolicyView.Resource.Kind, key, policy);

    /// <summary>Takes over a route of the Gateway API.</summary>
    public void Set(string kind, ObjectKey key, RouteView? route) => Put(kind, key, route);

    /// <summary>Takes over a namespace's labels; null where it is gone.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="assumed">True where nothing shows it but a policy that admits it: then anything may be in it.</param>
    public void SetNamespace(string name, LabelSet? labels, bool assumed = false)
    {
        lock (_gate)
        {
            _changes.SetNamespace(name, labels, assumed);
        }
    }

    /// <summary>Takes an object that names a Service and is not understood.</summary>
    public void AddUnread(ObjectKey service, Source item, string text)
    {
        lock (_gate)
        {
            _objects.Unread.Add(service, item, text);
        }
    }

    /// <summary>True where a Service is known.</summary>
    public bool Has(ObjectKey service)
    {
        lock (_gate)
        {
            return _objects.Services.Find(service) is not null;
        }
    }

    private void Compute()
    {
        if (_marks.Resolve())
        {
            _policies.ForgetAll();
        }

        _finder.Forget();
        foreach (var key in _marks.Services)
        {
            if (_objects.Services.Find(key) is { } service)
            {
                _ways[key] = _finder.Find(service);
            }
            else
            {
                _ways.Remove(key);
            }

            _marks.Pods.UnionWith(_objects.PodsBehind(key));
        }

        foreach (var key in _marks.Pods)
        {
            Compute(key);
        }

        Computed = (Computed.Services + _marks.Services.Count, Computed.Pods + _marks.Pods.Count);
        _marks.Clear();
    }

    private void Compute(ObjectKey key)
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
}
