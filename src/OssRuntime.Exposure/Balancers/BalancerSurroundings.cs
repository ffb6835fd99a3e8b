using OssRuntime.Exposure.Lists;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Exposure.Balancers;

/// <summary>What decides on the reach of balancers beside the objects that ask for them: nodes, classes, pools, and the Services whose addresses others show.</summary>
internal sealed class BalancerSurroundings
{
    private readonly Dictionary<string, NodeView> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IngressClassView> _classes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Group, string Name), IngressClassParamsView> _params = [];
    private readonly Dictionary<(string Kind, ObjectKey Key), AddressPoolView> _pools = [];
    private readonly Dictionary<string, RouterView> _routers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<ObjectKey, ServiceView>> _byAddress = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _publicNodes = new(StringComparer.Ordinal);

    /// <summary>True where all nodes, pods and controllers of the cluster are seen, and what is not seen is not there.</summary>
    public bool SeesWholeCluster { get; init; }

    public bool HasNodes => _nodes.Count > 0;

    public bool HasPublicNode => _publicNodes.Count > 0;

    public bool HasPools => _pools.Count > 0;

    public IEnumerable<NodeView> Nodes => _nodes.Values;

    public IEnumerable<AddressPoolView> Pools => _pools.Values;

    /// <summary>Who serves balancers here, by the nodes.</summary>
    public IReadOnlySet<string> NodeOwners { get; private set; } = new HashSet<string>();

    public bool IsPublic(string node) => _publicNodes.Contains(node);

    public NodeView? Node(string name) => _nodes.GetValueOrDefault(name);

    public IngressClassView? Class(string? name) => name is null ? null : _classes.GetValueOrDefault(name);

    /// <summary>The class of Ingresses that ask for none, or null.</summary>
    public IngressClassView? DefaultClass => _classes.Values.FirstOrDefault(known => known.Metadata.Annotation(IngressView.DefaultClassAnnotation) == "true");

    public IngressClassParamsView? Params(string group, string name) => _params.GetValueOrDefault((group, name));

    public RouterView? Router(string name) => _routers.GetValueOrDefault(name);

    /// <summary>The Services whose load balancer has the address.</summary>
    public IEnumerable<ServiceView> ServicesAt(string address) => _byAddress.TryGetValue(address, out var services) ? services.Values : [];

    /// <summary>Takes a node over, and says what is different now: whether it is public, whether balancers go by something else, whether policies see other addresses.</summary>
    public (bool Public, bool Balancers, bool Addresses) SetNode(string name, NodeView? node)
    {
        var before = (HasNodes, HasPublicNode, Public: _publicNodes.Contains(name), Owners: NodeOwners, Addresses: AddressesOf(Node(name)).ToList());
        if (node is null)
        {
            _nodes.Remove(name);
        }
        else
        {
            _nodes[name] = node;
        }

        _ = node?.IsPublic == true ? _publicNodes.Add(name) : _publicNodes.Remove(name);
        NodeOwners = _nodes.Values.Select(OwnerOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return (
            before.Public != _publicNodes.Contains(name),
            before.HasNodes != HasNodes || before.HasPublicNode != HasPublicNode || !before.Owners.SetEquals(NodeOwners),
            !before.Addresses.SequenceEqual(AddressesOf(node)));
    }

    public void Set(string name, IngressClassView? item) => Put(_classes, name, item);

    public void Set(string group, string name, IngressClassParamsView? item) => Put(_params, (group, name), item);

    public void Set(string kind, ObjectKey key, AddressPoolView? item) => Put(_pools, (kind, key), item);

    public void Set(string name, RouterView? item) => Put(_routers, name, item);

    /// <summary>Keeps which addresses a Service has.</summary>
    public void SetAddresses(ServiceView? before, ServiceView? now)
    {
        foreach (var address in AddressesOf(before))
        {
            if (_byAddress.TryGetValue(address, out var services) && services.Remove(before!.Metadata.Key) && services.Count == 0)
            {
                _byAddress.Remove(address);
            }
        }

        foreach (var address in AddressesOf(now))
        {
            (_byAddress.TryGetValue(address, out var services) ? services : _byAddress[address] = [])[now!.Metadata.Key] = now;
        }
    }

    /// <summary>The addresses of a Service's load balancer.</summary>
    public static IEnumerable<string> AddressesOf(ServiceView? service) =>
        (service?.Status?.LoadBalancer?.Ingress ?? []).Select(address => address.Ip ?? address.Hostname).Where(address => !string.IsNullOrEmpty(address)).Select(address => address!);

    private static IEnumerable<string?> AddressesOf(NodeView? node) => (node?.Status?.Addresses ?? []).Select(address => address.Value);

    private static string? OwnerOf(NodeView node) =>
        node.Spec?.ProviderId is { Length: > 0 } id ? KnownKinds.Owners.FirstOrDefault(owner => owner.By == "node" && id.StartsWith(owner.Value, StringComparison.Ordinal))?.Owner : null;

    private static void Put<TKey, T>(Dictionary<TKey, T> table, TKey key, T? item)
        where TKey : notnull
        where T : class
    {
        if (item is null)
        {
            table.Remove(key);
        }
        else
        {
            table[key] = item;
        }
    }
}
