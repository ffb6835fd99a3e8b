namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>A key handed to a worker, who must say <see cref="WorkQueue{TKey}.Done"/> for it.</summary>
/// <param name="Key">The key.</param>
/// <param name="Lane">The lane it came from.</param>
/// <param name="Failures">How many times in a row it failed before.</param>
public readonly record struct WorkItem<TKey>(TKey Key, Lane Lane, int Failures);
