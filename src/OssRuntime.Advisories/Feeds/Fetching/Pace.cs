namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>Ends an answer that takes too long: one of which nothing comes, of which too little comes, or which goes on for too long in all.</summary>
internal sealed class Pace : IDisposable
{
    private readonly TimeProvider _time;
    private readonly FetchOptions _options;
    private readonly CancellationTokenSource _ended;
    private readonly ITimer _silence;
    private readonly ITimer _deadline;
    private long _began;
    private long _bytes;

    public Pace(TimeProvider time, FetchOptions options, CancellationToken cancellation)
    {
        (_time, _options) = (time, options);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _silence = time.CreateTimer(_ => End($"the server said nothing for {options.Silence.TotalSeconds:0} s"), null, options.Silence, Timeout.InfiniteTimeSpan);
        _deadline = time.CreateTimer(_ => End($"the answer took longer than {options.Deadline.TotalMinutes:0} minutes"), null, options.Deadline, Timeout.InfiniteTimeSpan);
        _began = time.GetTimestamp();
    }

    /// <summary>Cancelled where the answer is to be given up.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Why it was given up.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Bytes came.</summary>
    public void Came(int bytes)
    {
        _silence.Change(_options.Silence, Timeout.InfiniteTimeSpan);
        _bytes += bytes;
        var span = _time.GetElapsedTime(_began);
        if (span < _options.Silence)
        {
            return;
        }

        if (_bytes < _options.LeastRate * span.TotalSeconds)
        {
            End($"the server sends fewer than {_options.LeastRate} bytes a second");
        }

        (_began, _bytes) = (_time.GetTimestamp(), 0);
    }

    public void Dispose()
    {
        _silence.Dispose();
        _deadline.Dispose();
        _ended.Dispose();
    }

    private void End(string reason)
    {
        if (Reason.Length > 0)
        {
            return;
        }

        Reason = reason;
        try
        {
            _ended.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The answer was whole just before.
        }
    }
}
