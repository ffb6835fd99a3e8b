using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Operator.State;

/// <summary>
/// The pods that were there at the start and have not been looked at yet. Until the last of them has, nobody may conclude from silence that a
/// workload or an image is gone.
/// </summary>
internal sealed class PodBacklog
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<ObjectKey> _early = [];
    private HashSet<ObjectKey>? _open;

    /// <summary>Completes when every pod of the start has been looked at.</summary>
    public Task Done => _done.Task;

    /// <summary>Says which pods were there at the start.</summary>
    public void Open(IEnumerable<ObjectKey> pods)
    {
        lock (_gate)
        {
            // The workers may have begun before anybody counted.
            _open = [.. pods.Where(pod => !_early.Contains(pod))];
            _early.Clear();
            Check();
        }
    }

    /// <summary>A pod was looked at; true if it belongs to the backlog.</summary>
    public bool Complete(ObjectKey pod)
    {
        lock (_gate)
        {
            var belongs = _open?.Remove(pod) ?? (_early.Add(pod) || true);
            Check();
            return belongs;
        }
    }

    private void Check()
    {
        if (_open is { Count: 0 })
        {
            _done.TrySetResult();
        }
    }
}
