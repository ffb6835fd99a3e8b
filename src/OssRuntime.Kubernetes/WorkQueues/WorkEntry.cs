namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>What a queue knows of one key. Guarded by the queue's lock.</summary>
internal sealed class WorkEntry<TKey>
{
    public WorkEntry(TKey key)
    {
        Key = key;
        Node = new LinkedListNode<WorkEntry<TKey>>(this);
    }

    public TKey Key { get; }

    /// <summary>Its place in a lane; in no list unless the key is ready.</summary>
    public LinkedListNode<WorkEntry<TKey>> Node { get; }

    public bool Ready => Node.List is not null;

    public bool Running { get; set; }

    /// <summary>On whose behalf it is ready or worked on; empty for everybody's.</summary>
    public string Group { get; set; } = "";

    /// <summary>When it runs next, in ticks of the clock; null if it is not asked for.</summary>
    public long? Due { get; set; }

    /// <summary>Tells apart entries that are due at the same tick.</summary>
    public long Sequence { get; set; }

    /// <summary>The lane of the run that is asked for.</summary>
    public Lane Lane { get; set; }

    public int Failures { get; set; }

    /// <summary>When it became ready, then when it was taken.</summary>
    public long Since { get; set; }
}
