using OssRuntime.Kubernetes.WorkQueues;

namespace OssRuntime.Kubernetes.Tests.WorkQueues;

/// <summary>Does what a test says.</summary>
internal sealed class ScriptedReconciler<TKey>(Func<TKey, CancellationToken, Task<Result>> script) : IReconciler<TKey>
{
    public Task<Result> ReconcileAsync(TKey key, CancellationToken cancel) => script(key, cancel);
}
