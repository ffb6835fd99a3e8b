using System.Threading.Channels;

namespace OssRuntime.Operator.Pods;

/// <summary>The reads of one kind: how many at once, until when it is left alone after it did not answer, and when its trouble was logged last.</summary>
internal sealed class KindTurns
{
    private readonly Channel<bool> _free;
    private volatile Silence? _silence;
    private long _saidAt;

    /// <summary>Makes so many turns.</summary>
    public KindTurns(int most)
    {
        _free = Channel.CreateBounded<bool>(most);
        for (var turn = 0; turn < most; turn++)
        {
            _free.Writer.TryWrite(true);
        }
    }

    /// <summary>Why the kind is left alone now; null where it is not.</summary>
    public string? Silent(TimeProvider time) => _silence is { } silence && time.GetElapsedTime(silence.Since) < silence.For ? silence.Reason : null;

    /// <summary>Waits for a turn; false where none came in time.</summary>
    public async Task<bool> EnterAsync(TimeSpan longest, TimeProvider time, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            return await _free.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>Ends a turn.</summary>
    public void Leave() => _free.Writer.TryWrite(true);

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
