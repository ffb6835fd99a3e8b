namespace OssRuntime.Kubernetes.Api;

/// <summary>
/// A time limit on the injected clock that progress may push back, and that is told apart from the caller's own cancellation.
/// </summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _callers;
    private readonly ITimer _timer;
    private TimeSpan _limit;
    private volatile bool _passed;

    public Deadline(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        _limit = limit;
        _callers = cancellationToken;
        _source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = time.CreateTimer(static state => ((Deadline)state!).Pass(), this, limit, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How long nothing may happen.</summary>
    public TimeSpan Limit => _limit;

    /// <summary>True once the time is over.</summary>
    public bool IsPassed => _passed;

    /// <summary>Starts the time anew.</summary>
    public void Extend() => _timer.Change(_limit, Timeout.InfiniteTimeSpan);

    /// <summary>Starts the time anew with another limit.</summary>
    public void Extend(TimeSpan limit)
    {
        _limit = limit;
        Extend();
    }

    /// <summary>Does the work within the time.</summary>
    /// <exception cref="TimeoutException">The time was over before the work ended.</exception>
    public async Task<TResult> RunAsync<TResult>(Func<CancellationToken, Task<TResult>> work)
    {
        try
        {
            return await work(_source.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (_passed && !_callers.IsCancellationRequested && exception is OperationCanceledException or IOException or HttpRequestException)
        {
            throw new TimeoutException($"the API server took longer than {_limit}", exception);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Pass()
    {
        _passed = true;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It fired while the work ended.
        }
    }
}
