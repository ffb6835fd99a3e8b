using OssRuntime.Inventory.Failures;

namespace OssRuntime.Inventory.Layers;

/// <summary>
/// Links at paths that extractors want, to targets that they don't know: package managers that link from a store of their own leave
/// them. The tar has the content under the target's name, perhaps before the link, so it takes a second reading.
/// </summary>
internal sealed class PendingLinks
{
    private const int Most = 100_000;

    private readonly Dictionary<string, List<string>> _linksByTarget = new(StringComparer.Ordinal);
    private readonly HashSet<string> _resolved = new(StringComparer.Ordinal);
    private int _count;

    public bool IsEmpty => _linksByTarget.Count == 0;

    /// <summary>Every link with its target.</summary>
    public IEnumerable<(string Target, string Link)> All => _linksByTarget.SelectMany(l => l.Value.Select(link => (l.Key, link)));

    /// <summary>What the second reading did not find.</summary>
    public IEnumerable<(string Target, string Link)> Unresolved => All.Where(l => !_resolved.Contains(l.Target));

    /// <summary>Remembers a link.</summary>
    public void Add(string target, string link)
    {
        if (_count == Most)
        {
            throw new InventoryException(FailureReason.LimitExceeded, $"a layer has more than {Most} links to be followed");
        }

        _count++;
        if (!_linksByTarget.TryGetValue(target, out var links))
        {
            _linksByTarget.Add(target, links = []);
        }

        links.Add(link);
    }

    /// <summary>The links to a file that was met, once.</summary>
    public IReadOnlyList<string> Resolve(string target) =>
        _linksByTarget.TryGetValue(target, out var links) && _resolved.Add(target) ? links : [];
}
