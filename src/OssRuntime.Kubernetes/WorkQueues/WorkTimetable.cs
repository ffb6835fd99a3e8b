namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>The keys that wait for their time, the nearest first. Guarded by the queue's lock.</summary>
internal sealed class WorkTimetable<TKey>
{
    private readonly SortedSet<WorkEntry<TKey>> _entries = new(Comparer<WorkEntry<TKey>>.Create(
        static (left, right) => (left.Due, left.Sequence).CompareTo((right.Due, right.Sequence))));

    private long _sequence;

    /// <summary>When the nearest is due; null if nothing waits.</summary>
    public long? Nearest => _entries.Min?.Due;

    public int Count => _entries.Count;

    public void Add(WorkEntry<TKey> entry, long due)
    {
        entry.Due = due;
        entry.Sequence = ++_sequence;
        _entries.Add(entry);
    }

    /// <summary>Takes the entry out, before its time changes.</summary>
    public void Remove(WorkEntry<TKey> entry) => _entries.Remove(entry);

    /// <summary>Takes out the nearest entry if its time has come.</summary>
    public WorkEntry<TKey>? TakeDue(long now)
    {
        if (_entries.Min is not { } nearest || nearest.Due > now)
        {
            return null;
        }

        _entries.Remove(nearest);
        return nearest;
    }
}
