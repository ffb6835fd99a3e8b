using OssRuntime.Kubernetes.Api;
using OssRuntime.Exposure.Pods;

namespace OssRuntime.Exposure.Graph;

/// <summary>The pods, found by label, namespace and address.</summary>
internal sealed class PodTable
{
    private readonly Dictionary<ObjectKey, PodView> _pods = [];
    private readonly Multimap<(string? Namespace, string Key, string Value), ObjectKey> _byPair = new();
    private readonly Multimap<string, ObjectKey> _byNamespace = new();
    private readonly Multimap<string, ObjectKey> _byAddress = new();

    public IEnumerable<PodView> All => _pods.Values;

    public PodView? Find(ObjectKey key) => _pods.GetValueOrDefault(key);

    public int Count => _pods.Count;

    public IEnumerable<PodView> In(string? @namespace) => _byNamespace[@namespace ?? ""].Select(key => _pods[key]);

    /// <summary>The pods that have the address.</summary>
    public IEnumerable<ObjectKey> At(string address) => _byAddress[address];

    public void Set(ObjectKey key, PodView? pod)
    {
        if (_pods.Remove(key, out var before))
        {
            Index(before, (map, pair) => map.Remove(pair, key), (map, name) => map.Remove(name, key));
        }

        if (pod is not null)
        {
            _pods[key] = pod;
            Index(pod, (map, pair) => map.Add(pair, key), (map, name) => map.Add(name, key));
        }
    }

    /// <summary>The pods of a namespace that have all these labels.</summary>
    public IEnumerable<PodView> With(string? @namespace, IReadOnlyDictionary<string, string> labels)
    {
        var fewest = labels.Select(pair => _byPair[(@namespace, pair.Key, pair.Value)]).MinBy(keys => keys.Count);
        return (fewest ?? Enumerable.Empty<ObjectKey>()).Select(key => _pods[key]).Where(pod => labels.All(pair => pod.Labels.Find(pair.Key) == pair.Value));
    }

    private void Index(
        PodView pod,
        Action<Multimap<(string?, string, string), ObjectKey>, (string?, string, string)> pair,
        Action<Multimap<string, ObjectKey>, string> name)
    {
        foreach (var label in pod.Labels.Pairs)
        {
            pair(_byPair, (pod.Key.Namespace, label.Key, label.Value));
        }

        name(_byNamespace, pod.Key.Namespace ?? "");
        if (pod.Address.Length > 0 && !pod.HostNetwork)
        {
            name(_byAddress, pod.Address);
        }
    }
}
