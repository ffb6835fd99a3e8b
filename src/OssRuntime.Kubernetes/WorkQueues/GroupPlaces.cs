namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>How many keys of each group are worked on now. Guarded by the queue's lock.</summary>
/// <param name="most">How many may be, so that whatever one group's keys wait for, a worker is left for the others.</param>
internal sealed class GroupPlaces(int most)
{
    private readonly Dictionary<string, int> _running = new(StringComparer.Ordinal);

    /// <summary>True where another one of the group may be worked on. What is everybody's always may.</summary>
    public bool HasRoom(string group) => group.Length == 0 || _running.GetValueOrDefault(group) < most;

    public void Enter(string group)
    {
        if (group.Length > 0)
        {
            _running[group] = _running.GetValueOrDefault(group) + 1;
        }
    }

    public void Leave(string group)
    {
        if (group.Length > 0 && --_running[group] == 0)
        {
            _running.Remove(group);
        }
    }
}
