namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>Says on whose behalf a key is worked on, so that whoever asks for much waits longest.</summary>
public interface IKeyGroups<in TKey>
{
    /// <summary>Those that the key is for; none for a key that is everybody's. Asked when a key becomes ready, under the queue's lock: it must be quick and ask no queue.</summary>
    IReadOnlyCollection<string> Of(TKey key);
}
