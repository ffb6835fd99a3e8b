using Microsoft.Extensions.Time.Testing;

namespace OssRuntime.Testing.Kubernetes;

/// <summary>A clock that stands still until a test moves it, and that tells which delays the tested code has begun.</summary>
public sealed class StepClock : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _begun = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _seen;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Begun(dueTime);
        return new StepTimer(timer, Begun);
    }

    /// <summary>Waits for the next delay between the two limits that the tested code begins, later than the one returned before.</summary>
    public async Task<TimeSpan> NextDelayAsync(TimeSpan atLeast, TimeSpan atMost, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_lock)
            {
                more = _more.Task;
                while (_seen < _begun.Count)
                {
                    var begun = _begun[_seen++];
                    if (begun >= atLeast && begun <= atMost)
                    {
                        return begun;
                    }
                }
            }

            await more.WaitAsync(cancellationToken);
        }
    }

    private void Begun(TimeSpan dueTime)
    {
        TaskCompletionSource more;
        lock (_lock)
        {
            _begun.Add(dueTime);
            more = _more;
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        more.TrySetResult();
    }
}
