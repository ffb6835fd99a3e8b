namespace OssRuntime.Kubernetes.Health;

/// <summary>
/// Whether this process still makes progress, for a liveness probe. A failed try is progress too: an API server that cannot be reached, refuses or
/// hangs never makes a process look dead, because every request has a time limit and a restart would not help. Only a loop of our own that stands
/// still does.
/// </summary>
public sealed class Liveness
{
    private readonly Lock _lock = new();
    private readonly List<IWatchedLoop> _loops = [];

    /// <summary>Takes a loop into account from now on.</summary>
    public void Watch(IWatchedLoop loop)
    {
        lock (_lock)
        {
            _loops.Add(loop);
        }
    }

    /// <summary>Says what is stuck, one line for each loop; null if nothing is.</summary>
    public string? FindStuck()
    {
        IWatchedLoop[] loops;
        lock (_lock)
        {
            loops = [.. _loops];
        }

        var stuck = loops.Select(static loop => loop.FindStuck()).OfType<string>().ToList();
        return stuck.Count == 0 ? null : string.Join('\n', stuck);
    }
}
