using OssRuntime.Kubernetes.Api;
using OssRuntime.Exposure.Views;
using OssRuntime.Exposure.Pods;

namespace OssRuntime.Exposure.Graph;

/// <summary>The objects that exposure is computed from, with their indexes. It answers questions and computes nothing.</summary>
internal sealed class ClusterObjects
{
    private readonly Dictionary<string, LabelSet> _namespaces = new(StringComparer.Ordinal);
    private readonly Multimap<ObjectKey, ObjectKey> _slicesByPod = new();
    private readonly Multimap<(string?, string), ObjectKey> _slicesByAddress = new();

    public PodTable Pods { get; } = new();

    public ServiceTable Services { get; } = new();

    public RouteTable Routes { get; } = new();

    public Dictionary<ObjectKey, GatewayView> Gateways { get; } = [];

    public Dictionary<ObjectKey, EndpointSliceView> Slices { get; } = [];

    /// <summary>The slices of a Service.</summary>
    public Multimap<ObjectKey, ObjectKey> SlicesOf { get; } = new();

    public Dictionary<ObjectKey, ReferenceGrantView> Grants { get; } = [];

    public Multimap<string, ObjectKey> GrantsIn { get; } = new();

    public Dictionary<ObjectKey, NetworkPolicyView> Policies { get; } = [];

    public Multimap<string, ObjectKey> PoliciesIn { get; } = new();

    /// <summary>The nodes that have a public address.</summary>
    public HashSet<string> PublicNodes { get; } = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, LabelSet> Namespaces => _namespaces;

    public LabelSet LabelsOf(string? @namespace) => _namespaces.GetValueOrDefault(@namespace ?? "", LabelSet.Empty);

    public void SetNamespace(string name, LabelSet? labels)
    {
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

    public IEnumerable<ObjectKey> PodsIn(EndpointSliceView slice) =>
        (slice.Endpoints ?? []).SelectMany(endpoint => endpoint.TargetRef is { Kind: "Pod", Name: { } name }
            ? [new ObjectKey(slice.Metadata.Namespace, name)]
            : (endpoint.Addresses ?? []).SelectMany(address => Pods.At(slice.Metadata.Namespace, address)));

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
        _slicesByPod[pod.Key].Concat(_slicesByAddress[(pod.Key.Namespace, pod.Address)])
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

    private void Index(
        EndpointSliceView slice,
        Action<Multimap<ObjectKey, ObjectKey>, ObjectKey> pod,
        Action<Multimap<(string?, string), ObjectKey>, (string?, string)> address)
    {
        foreach (var endpoint in slice.Endpoints ?? [])
        {
            if (endpoint.TargetRef is { Kind: "Pod", Name: { } name })
            {
                pod(_slicesByPod, new ObjectKey(slice.Metadata.Namespace, name));
                continue;
            }

            foreach (var text in endpoint.Addresses ?? [])
            {
                address(_slicesByAddress, (slice.Metadata.Namespace, text));
            }
        }
    }
}
