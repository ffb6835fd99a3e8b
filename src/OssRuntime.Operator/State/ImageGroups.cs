using System.Collections.Concurrent;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.State;

/// <summary>On whose behalf images are read: the namespaces of the pods that run them, and the one that asked at admission.</summary>
internal sealed class ImageGroups(RunningPods running) : IKeyGroups<ImageKey>
{
    /// <summary>More than may be asked for at a time.</summary>
    private const int MostAsked = 10_000;

    private readonly ConcurrentDictionary<ImageKey, string> _asked = new();

    /// <summary>Takes note of the namespace that asked for an image at admission.</summary>
    public void Asked(ImageKey key, string @namespace)
    {
        if (_asked.Count >= MostAsked)
        {
            _asked.Clear();
        }

        _asked[key] = @namespace;
    }

    public IReadOnlyCollection<string> Of(ImageKey key)
    {
        var namespaces = running.NamespacesOf(key);
        if (namespaces.Count > 0)
        {
            _asked.TryRemove(key, out _);
            return namespaces;
        }

        return _asked.TryGetValue(key, out var asked) ? [asked] : [];
    }
}
