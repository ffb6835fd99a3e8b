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

    /// <summary>How many pods of the start have not been looked at; null as long as nobody has counted them.</summary>
    public int? Left
    {
        get
        {
            lock (_gate)
            {
                return _open?.Count;
            }
        }
    }

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

    /// <summary>True for a pod of the start that was not looked at yet.</summary>
    public bool Holds(ObjectKey pod)
    {
        lock (_gate)
        {
            return _open?.Contains(pod) ?? true;
        }
    }

    /// <summary>A pod was looked at.</summary>
    public void Complete(ObjectKey pod)
    {
        lock (_gate)
        {
            if (_open is null)
            {
                _early.Add(pod);
            }
            else
            {
                _open.Remove(pod);
                Check();
            }
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
