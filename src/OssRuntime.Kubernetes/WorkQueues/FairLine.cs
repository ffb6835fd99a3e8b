namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>
/// The ready keys of one lane: a line for each group, first come first served in each, and the groups take turns. Where keys have no groups that is one line. Guarded by the
/// queue's lock.
/// </summary>
internal sealed class FairLine<TKey>
{
    private readonly Dictionary<string, LinkedList<WorkEntry<TKey>>> _lines = new(StringComparer.Ordinal);
    private readonly LinkedList<string> _turns = [];

    public int Count { get; private set; }

    /// <summary>How many of a group are ready.</summary>
    public int CountOf(string group) => _lines.GetValueOrDefault(group)?.Count ?? 0;

    /// <summary>The first of the group whose turn it is and that may have another one worked on; null where there is none.</summary>
    public WorkEntry<TKey>? First(GroupPlaces places)
    {
        foreach (var group in _turns)
        {
            if (places.HasRoom(group))
            {
                return _lines[group].First!.Value;
            }
        }

        return null;
    }

    public void Add(WorkEntry<TKey> entry)
    {
        if (!_lines.TryGetValue(entry.Group, out var line))
        {
            _lines.Add(entry.Group, line = []);
            _turns.AddLast(entry.Group);
        }

        line.AddLast(entry.Node);
        Count++;
    }

    /// <summary>Takes an entry out; whose it was has its next turn after all others.</summary>
    public void Remove(WorkEntry<TKey> entry)
    {
        var line = _lines[entry.Group];
        line.Remove(entry.Node);
        Count--;
        if (_turns.Count > 1 || line.Count == 0)
        {
            _turns.Remove(entry.Group);
            if (line.Count == 0)
            {
                _lines.Remove(entry.Group);
            }
            else
            {
                _turns.AddLast(entry.Group);
            }
        }
    }
}
