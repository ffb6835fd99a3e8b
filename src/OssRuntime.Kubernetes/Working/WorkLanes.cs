namespace OssRuntime.Kubernetes.Working;

/// <summary>The ready keys: two lines, first come first served in each. Guarded by the queue's lock.</summary>
internal sealed class WorkLanes<TKey>(int normalsInARow)
{
    private readonly LinkedList<WorkEntry<TKey>> _low = [];
    private readonly LinkedList<WorkEntry<TKey>> _normal = [];
    private int _normalsTaken;

    public int Count => _low.Count + _normal.Count;

    /// <summary>Whose turn it is: the normal lane's, but one of the low lane's after so many normal ones while it waited.</summary>
    public WorkEntry<TKey>? Next
    {
        get
        {
            var lowsTurn = _normal.Count == 0 || (_low.Count > 0 && _normalsTaken >= normalsInARow);
            return (lowsTurn ? _low : _normal).First?.Value;
        }
    }

    public void Add(WorkEntry<TKey> entry) => (entry.Lane == Lane.Low ? _low : _normal).AddLast(entry.Node);

    /// <summary>Puts a ready entry at the end of the normal lane.</summary>
    public void Promote(WorkEntry<TKey> entry)
    {
        _low.Remove(entry.Node);
        entry.Lane = Lane.Normal;
        _normal.AddLast(entry.Node);
    }

    /// <summary>Takes the entry whose turn it is out of its lane.</summary>
    public void Take(WorkEntry<TKey> entry)
    {
        var waited = _low.Count > 0 && entry.Lane == Lane.Normal;
        _normalsTaken = waited ? _normalsTaken + 1 : 0;
        entry.Node.List!.Remove(entry.Node);
    }
}
