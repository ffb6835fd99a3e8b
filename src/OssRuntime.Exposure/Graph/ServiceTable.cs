using OssRuntime.Kubernetes.Api;
using OssRuntime.Exposure.Views;

namespace OssRuntime.Exposure.Graph;

/// <summary>The Services, found by the labels that they select.</summary>
internal sealed class ServiceTable
{
    private readonly Dictionary<ObjectKey, ServiceView> _services = [];
    private readonly Dictionary<ObjectKey, KeyValuePair<string, string>> _pairs = [];
    private readonly Multimap<(string? Namespace, string Key, string Value), ObjectKey> _byPair = new();
    private readonly Multimap<string, ObjectKey> _byNamespace = new();

    public IEnumerable<ServiceView> All => _services.Values;

    public ServiceView? Find(ObjectKey key) => _services.GetValueOrDefault(key);

    public IReadOnlySet<ObjectKey> In(string? @namespace) => _byNamespace[@namespace ?? ""];

    public void Set(ObjectKey key, ServiceView? service)
    {
        if (_services.Remove(key))
        {
            if (_pairs.Remove(key, out var pair))
            {
                _byPair.Remove((key.Namespace, pair.Key, pair.Value), key);
            }

            _byNamespace.Remove(key.Namespace ?? "", key);
        }

        if (service is null)
        {
            return;
        }

        _services[key] = service;
        _byNamespace.Add(key.Namespace ?? "", key);
        if (service.Spec is { Type: not "ExternalName", Selector: { Count: > 0 } selector })
        {
            // One pair is enough to find it by: the one that the fewest are found by so far.
            var found = selector.MinBy(pair => _byPair[(key.Namespace, pair.Key, pair.Value)].Count);
            _pairs[key] = found;
            _byPair.Add((key.Namespace, found.Key, found.Value), key);
        }
    }

    /// <summary>The Services that select a pod's labels.</summary>
    public IEnumerable<ServiceView> Selecting(string? @namespace, LabelSet labels)
    {
        foreach (var label in labels.Pairs)
        {
            foreach (var key in _byPair[(@namespace, label.Key, label.Value)])
            {
                var service = _services[key];
                if (Selects(service, labels))
                {
                    yield return service;
                }
            }
        }
    }

    public static bool Selects(ServiceView service, LabelSet labels)
    {
        foreach (var (key, value) in service.Spec?.Selector ?? [])
        {
            if (labels.Find(key) != value)
            {
                return false;
            }
        }

        return service.Spec?.Selector is { Count: > 0 };
    }
}
