using OssRuntime.Exposure.Balancers;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Graph;

/// <summary>The objects that exposure is computed from, with their indexes. It answers questions and computes nothing.</summary>
internal sealed class ClusterObjects
{
    private readonly Dictionary<string, LabelSet> _namespaces = new(StringComparer.Ordinal);
    private readonly HashSet<string> _assumed = new(StringComparer.Ordinal);
    private readonly Multimap<ObjectKey, ObjectKey> _slicesByPod = new();
    private readonly Multimap<string, ObjectKey> _slicesByAddress = new();

    /// <summary>Knows nothing yet.</summary>
    /// <param name="seesWholeCluster">True where what is not seen is not there; files show a part.</param>
    public ClusterObjects(bool seesWholeCluster)
    {
        Balancers = new BalancerSurroundings { SeesWholeCluster = seesWholeCluster };
        Rules = new BalancerRules(Balancers);
        EntryPoints = new ServiceEntryPoints(Balancers, Rules);
        Dangling = new DanglingWays(Routes, Services);
    }

    public bool SeesWholeCluster => Balancers.SeesWholeCluster;

    public PodTable Pods { get; } = new();

    public ServiceTable Services { get; } = new();

    public RouteTable Routes { get; } = new();

    public OtherPolicies OtherPolicies { get; } = new();

    public UnreadObjects Unread { get; } = new();

    public PodIndex Roles { get; } = new();

    /// <summary>Ways to Services that are not shown. Only files leave some out.</summary>
    public DanglingWays Dangling { get; }

    /// <summary>True where something is seen that is known to enforce NetworkPolicies.</summary>
    public bool EnforcesPolicies => Roles.Enforcers.Count > 0 || Balancers.Nodes.Any(node => node.EnforcesPolicies);

    public BalancerSurroundings Balancers { get; }

    public BalancerRules Rules { get; }

    public ServiceEntryPoints EntryPoints { get; }

    public Dictionary<ObjectKey, GatewayView> Gateways { get; } = [];

    /// <summary>Sets of listeners, each with the Gateway that it belongs to.</summary>
    public Dictionary<ObjectKey, GatewayView> ListenerSets { get; } = [];

    public Dictionary<ObjectKey, IstioGatewayView> IstioGateways { get; } = [];

    public Dictionary<ObjectKey, EndpointSliceView> Slices { get; } = [];

    /// <summary>The slices of a Service.</summary>
    public Multimap<ObjectKey, ObjectKey> SlicesOf { get; } = new();

    public Dictionary<ObjectKey, ReferenceGrantView> Grants { get; } = [];

    public Multimap<string, ObjectKey> GrantsIn { get; } = new();

    public Dictionary<ObjectKey, NetworkPolicyView> Policies { get; } = [];

    public Multimap<string, ObjectKey> PoliciesIn { get; } = new();

    public IReadOnlyDictionary<string, LabelSet> Namespaces => _namespaces;

    public LabelSet LabelsOf(string? @namespace) => _namespaces.GetValueOrDefault(@namespace ?? "", LabelSet.Empty);

    /// <summary>True where a proxy that faces outside may be in a namespace, as far as a policy of another namespace goes: one is there, or none is seen anywhere else.</summary>
    public bool MayHoldProxy(string @namespace, string? policy) =>
        Roles.Fronts[@namespace].Count > 0 || _assumed.Contains(@namespace) || !Roles.Fronts.Keys.Any(front => front != policy);

    public void SetNamespace(string name, LabelSet? labels, bool assumed)
    {
        _ = assumed ? _assumed.Add(name) : _assumed.Remove(name);
        if (labels is null)
        {
            _namespaces.Remove(name);
        }
        else
        {
            _namespaces[name] = labels;
        }
    }

    /// <summary>The pods behind a Service: by its selector, or where it has none by the slices that somebody wrote for it.</summary>
    public IEnumerable<ObjectKey> PodsBehind(ObjectKey key) =>
        Services.Find(key) is { Spec: { Type: not "ExternalName" } spec } service
            ? spec.Selector is { Count: > 0 } selector
                ? Pods.With(service.Metadata.Namespace, selector).Select(pod => pod.Key)
                : SlicesOf[key].SelectMany(slice => PodsIn(Slices[slice]))
            : [];

    /// <summary>The pods of a slice. Addresses are what nodes send to, in whichever namespace; a name is a claim, and counts besides.</summary>
    public IEnumerable<ObjectKey> PodsIn(EndpointSliceView slice) =>
        (slice.Endpoints ?? []).SelectMany(endpoint => (endpoint.Addresses ?? []).SelectMany(Pods.At)
            .Concat(NamedBy(slice, endpoint) is { } pod && HasAddressOf(pod, endpoint) ? [pod] : []));

    public void SetSlice(ObjectKey key, EndpointSliceView? slice)
    {
        if (Slices.Remove(key, out var before))
        {
            SlicesOf.Remove(before.Service, key);
            Index(before, (map, pod) => map.Remove(pod, key), (map, address) => map.Remove(address, key));
        }

        if (slice is not null)
        {
            Slices[key] = slice;
            SlicesOf.Add(slice.Service, key);
            Index(slice, (map, pod) => map.Add(pod, key), (map, address) => map.Add(address, key));
        }
    }

    /// <summary>The Services without a selector whose slices name the pod.</summary>
    public IEnumerable<ObjectKey> ServicesBySlice(PodView pod) =>
        _slicesByPod[pod.Key].Where(slice => pod.Address.Length == 0 || PodsIn(Slices[slice]).Contains(pod.Key))
            .Concat(pod is { HostNetwork: false, Address.Length: > 0 } ? _slicesByAddress[pod.Address] : Enumerable.Empty<ObjectKey>())
            .Select(slice => Slices[slice].Service)
            .Where(key => Services.Find(key) is { Spec: { Selector: not { Count: > 0 }, Type: not "ExternalName" } })
            .Distinct();

    /// <summary>The Service in the cluster that an ExternalName is another name of, or null.</summary>
    public static ObjectKey? TargetOf(ServiceView service)
    {
        if (service.Spec is not { Type: "ExternalName", ExternalName: { } name })
        {
            return null;
        }

        var parts = name.TrimEnd('.').Split('.');
        return parts.Length >= 3 && parts[2] == "svc" ? new ObjectKey(parts[1], parts[0]) : null;
    }

    private static ObjectKey? NamedBy(EndpointSliceView slice, EndpointSliceView.Endpoint endpoint) =>
        endpoint.TargetRef is { Kind: "Pod", Name: { } name } target ? new ObjectKey(target.Namespace ?? slice.Metadata.Namespace, name) : null;

    // Where the pod shows another address, the name is a claim that nobody sends by.
    private bool HasAddressOf(ObjectKey pod, EndpointSliceView.Endpoint endpoint) =>
        endpoint.Addresses is not { Length: > 0 } addresses || Pods.Find(pod) is not { Address.Length: > 0 } found || addresses.Contains(found.Address, StringComparer.Ordinal);

    private void Index(
        EndpointSliceView slice,
        Action<Multimap<ObjectKey, ObjectKey>, ObjectKey> pod,
        Action<Multimap<string, ObjectKey>, string> address)
    {
        foreach (var endpoint in slice.Endpoints ?? [])
        {
            if (NamedBy(slice, endpoint) is { } named)
            {
                pod(_slicesByPod, named);
            }

            foreach (var text in endpoint.Addresses ?? [])
            {
                address(_slicesByAddress, text);
            }
        }
    }
}
