namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>Brings what a key names into order.</summary>
public interface IReconciler<in TKey>
{
    /// <summary>
    /// Reads the state that the key names, and does what is missing. It gets no event, and may be called twice for the same state. What it throws is
    /// tried again after the key's own backoff; <see cref="TerminalException"/> is not.
    /// </summary>
    Task<Result> ReconcileAsync(TKey key, CancellationToken cancel);
}
