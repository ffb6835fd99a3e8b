namespace OssRuntime.Operator.Admission;

/// <summary>
/// Since when workloads run digests. A workload whose pods are replaced one by one runs on, also where a pod is gone before the next is there: for ten minutes.
/// Not for several threads at once.
/// </summary>
internal sealed class RunningSince(TimeProvider time)
{
    private const int MostKept = 10_000;
    private static readonly TimeSpan Gap = TimeSpan.FromMinutes(10);

    private readonly Dictionary<RunningPlace, Entry> _entries = [];
    private readonly Dictionary<string, int> _digests = new(StringComparer.Ordinal);

    /// <summary>Since when the workload runs the digest without a gap; null where it does not.</summary>
    public DateTimeOffset? Of(RunningPlace place) =>
        _entries.TryGetValue(place, out var entry) && (entry.Pods > 0 || time.GetElapsedTime(entry.LeftAt) < Gap) ? entry.Since : null;

    /// <summary>True where any pod of the cluster runs the digest.</summary>
    public bool Runs(string digest) => _digests.ContainsKey(digest);

    /// <summary>A pod runs it that was made then.</summary>
    public void Add(RunningPlace place, DateTimeOffset made)
    {
        _digests[place.Digest] = _digests.GetValueOrDefault(place.Digest) + 1;
        if (Of(place) is null || !_entries.TryGetValue(place, out var entry))
        {
            Tidy();
            _entries[place] = entry = new Entry { Since = made };
        }

        entry.Pods++;
        entry.Since = made < entry.Since ? made : entry.Since;
    }

    /// <summary>A pod that ran it does no longer.</summary>
    public void Remove(RunningPlace place)
    {
        if (_digests.GetValueOrDefault(place.Digest) is var left and > 1)
        {
            _digests[place.Digest] = left - 1;
        }
        else
        {
            _digests.Remove(place.Digest);
        }

        if (_entries.TryGetValue(place, out var entry))
        {
            entry.Pods--;
            entry.LeftAt = time.GetTimestamp();
        }
    }

    private void Tidy()
    {
        if (_entries.Count < MostKept || _entries.Count % MostKept != 0)
        {
            return;
        }

        foreach (var (place, entry) in _entries.Where(pair => pair.Value.Pods <= 0 && time.GetElapsedTime(pair.Value.LeftAt) >= Gap).ToList())
        {
            _entries.Remove(place);
        }
    }

    private sealed class Entry
    {
        public DateTimeOffset Since { get; set; }

        public int Pods { get; set; }

        public long LeftAt { get; set; }
    }
}
