namespace OssRuntime.Testing.Kubernetes;

/// <summary>A timer of a <see cref="StepClock"/>: tells the clock of each new due time.</summary>
internal sealed class StepTimer(ITimer inner, Action<TimeSpan> begun) : ITimer
{
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        var changed = inner.Change(dueTime, period);
        begun(dueTime);
        return changed;
    }

    public void Dispose() => inner.Dispose();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
