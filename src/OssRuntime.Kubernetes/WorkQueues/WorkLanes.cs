namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>The ready keys: a line for each lane, in which groups take turns. Guarded by the queue's lock.</summary>
internal sealed class WorkLanes<TKey>(int normalsInARow, GroupPlaces places, IKeyGroups<TKey>? groups)
{
    private readonly FairLine<TKey> _low = new();
    private readonly FairLine<TKey> _normal = new();
    private readonly FairLine<TKey> _high = new();
    private int _newsTaken;

    public int Count => _low.Count + _normal.Count + _high.Count;

    /// <summary>Whose turn it is: the highest lane's, but one of the low lane's after so many others while it waited. Null where nothing is ready that may be worked on now.</summary>
    public WorkEntry<TKey>? Next
    {
        get
        {
            var news = _high.First(places) ?? _normal.First(places);
            var low = news is null || _newsTaken >= normalsInARow ? _low.First(places) : null;
            return low ?? news;
        }
    }

    /// <summary>Adds an entry. One that is for several is for the one of them who has least to wait for: nobody makes others wait by asking for what they need.</summary>
    public void Add(WorkEntry<TKey> entry)
    {
        entry.Group = groups?.Of(entry.Key).MinBy(group => (CountOf(group), group)) ?? "";
        LineOf(entry.Lane).Add(entry);
    }

    /// <summary>Puts a ready entry at the end of a higher lane.</summary>
    public void Promote(WorkEntry<TKey> entry, Lane lane)
    {
        LineOf(entry.Lane).Remove(entry);
        entry.Lane = lane;
        LineOf(lane).Add(entry);
    }

    /// <summary>Takes the entry whose turn it is out of its lane.</summary>
    public void Take(WorkEntry<TKey> entry)
    {
        var waited = _low.Count > 0 && entry.Lane != Lane.Low;
        _newsTaken = waited ? _newsTaken + 1 : 0;
        LineOf(entry.Lane).Remove(entry);
    }

    private int CountOf(string group) => _low.CountOf(group) + _normal.CountOf(group) + _high.CountOf(group);

    private FairLine<TKey> LineOf(Lane lane) => lane switch
    {
        Lane.Low => _low,
        Lane.Normal => _normal,
        _ => _high,
    };
}
