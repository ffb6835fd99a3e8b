namespace OssRuntime.Operator.Pods;

/// <summary>The reads of one kind: how many at once, until when it is left alone after it did not answer, and when its trouble was logged last.</summary>
internal sealed class KindTurns(int most)
{
    private readonly SemaphoreSlim _free = new(most);
    private volatile Silence? _silence;
    private long _saidAt;

    /// <summary>Why the kind is left alone now; null where it is not.</summary>
    public string? Silent(TimeProvider time) => _silence is { } silence && time.GetElapsedTime(silence.Since) < silence.For ? silence.Reason : null;

    /// <summary>Waits for a turn; false where none came in time.</summary>
    public async Task<bool> EnterAsync(TimeSpan longest, TimeProvider time, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            await _free.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Ends a turn.</summary>
    public void Leave() => _free.Release();

    /// <summary>Leaves the kind alone for a while.</summary>
    public void LeaveAlone(string reason, TimeSpan time, TimeProvider clock) => _silence = new Silence(reason, clock.GetTimestamp(), time);

    /// <summary>True once in a while: every pod of a kind has the same trouble to tell.</summary>
    public bool MaySay(TimeSpan every, TimeProvider time)
    {
        var (now, last) = (time.GetTimestamp(), Interlocked.Read(ref _saidAt));
        return (last == 0 || time.GetElapsedTime(last, now) >= every) && Interlocked.CompareExchange(ref _saidAt, now, last) == last;
    }

    private sealed record Silence(string Reason, long Since, TimeSpan For);
}
