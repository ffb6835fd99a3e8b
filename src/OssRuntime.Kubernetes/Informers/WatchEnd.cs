namespace OssRuntime.Kubernetes.Informers;

// How a watch ended, and so what comes next.
internal enum WatchEnd
{
    /// <summary>In good order: watch on.</summary>
    Closed,

    /// <summary>The connection broke, or the server is busy: wait, watch on.</summary>
    Interrupted,

    /// <summary>What was missed cannot be caught up with: wait, list again.</summary>
    Stale,
}
