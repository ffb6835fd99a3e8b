namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>The ready keys: a line for each lane, first come first served in each. Guarded by the queue's lock.</summary>
internal sealed class WorkLanes<TKey>(int normalsInARow)
{
    private readonly LinkedList<WorkEntry<TKey>> _low = [];
    private readonly LinkedList<WorkEntry<TKey>> _normal = [];
    private readonly LinkedList<WorkEntry<TKey>> _high = [];
    private int _newsTaken;

    public int Count => _low.Count + _normal.Count + _high.Count;

    /// <summary>Whose turn it is: the highest lane's, but one of the low lane's after so many others while it waited.</summary>
    public WorkEntry<TKey>? Next
    {
        get
        {
            var news = _high.First ?? _normal.First;
            var lowsTurn = news is null || (_low.Count > 0 && _newsTaken >= normalsInARow);
            return (lowsTurn ? _low.First : news)?.Value;
        }
    }

    public void Add(WorkEntry<TKey> entry) => LineOf(entry.Lane).AddLast(entry.Node);

    /// <summary>Puts a ready entry at the end of a higher lane.</summary>
    public void Promote(WorkEntry<TKey> entry, Lane lane)
    {
        LineOf(entry.Lane).Remove(entry.Node);
        entry.Lane = lane;
        LineOf(lane).AddLast(entry.Node);
    }

    /// <summary>Takes the entry whose turn it is out of its lane.</summary>
    public void Take(WorkEntry<TKey> entry)
    {
        var waited = _low.Count > 0 && entry.Lane != Lane.Low;
        _newsTaken = waited ? _newsTaken + 1 : 0;
        entry.Node.List!.Remove(entry.Node);
    }

    private LinkedList<WorkEntry<TKey>> LineOf(Lane lane) => lane switch
    {
        Lane.Low => _low,
        Lane.Normal => _normal,
        _ => _high,
    };
}
