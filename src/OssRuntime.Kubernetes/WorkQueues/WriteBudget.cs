using OssRuntime.Kubernetes.Environment;

namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>
/// How fast the process writes to the API server, all writers together: a token bucket, first come first served, that the server can also
/// stop for a while (429 with Retry-After).
/// </summary>
public sealed class WriteBudget : IDisposable
{
    private readonly TimeProvider _time;
    private readonly double _ticksPerWrite;
    private readonly int _burst;
    private readonly Lock _lock = new();

    // Only the first in line watches the clock; whoever leaves the line takes nothing.
    private readonly SemaphoreSlim _line = new(1, 1);

    // The bucket as one number (GCRA): the moment at which it would be full again.
    private double _fullAt;
    private long _closedUntil;

    /// <summary>Creates a full bucket of <paramref name="burst"/> writes that gains <paramref name="perSecond"/> a second.</summary>
    public WriteBudget(ControllerEnvironment environment, double perSecond = 20, int burst = 30)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perSecond);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(burst);
        _time = environment.Time;
        _ticksPerWrite = _time.TimestampFrequency / perSecond;
        _burst = burst;
        _fullAt = _time.GetTimestamp();
    }

    /// <summary>Waits for one's turn to write once.</summary>
    public async Task AcquireAsync(CancellationToken cancellationToken)
    {
        await _line.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (TryTake() is { } wait)
            {
                await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _line.Release();
        }
    }

    /// <summary>Lets nobody write for a time.</summary>
    public void PauseFor(TimeSpan time)
    {
        lock (_lock)
        {
            _closedUntil = Math.Max(_closedUntil, _time.GetTimestamp() + (long)(time.TotalSeconds * _time.TimestampFrequency));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

    // Null if a write was taken from the bucket, else how long to wait before asking again.
    private TimeSpan? TryTake()
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            var full = Math.Max(now, _fullAt) + _ticksPerWrite;
            var free = Math.Max(full - (_burst * _ticksPerWrite), _closedUntil);
            if (free <= now)
            {
                _fullAt = full;
                return null;
            }

            return TimeSpan.FromMilliseconds(Math.Ceiling((free - now) * 1000.0 / _time.TimestampFrequency));
        }
    }
}
