using Microsoft.Extensions.Logging;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Health;

namespace OssRuntime.Kubernetes.WorkQueues;

/// <summary>
/// Takes keys from a queue and brings what they name into order. A reconciliation gets a key and no event: it reads the state it needs, and
/// may run twice for the same state. What it throws is tried again after the key's own backoff, for ever. It may be run again after it was stopped:
/// what was not finished is in the queue.
/// </summary>
public sealed partial class Controller<TKey>(
    string name, WorkQueue<TKey> queue, IReconciler<TKey> reconciler, ControllerEnvironment environment, ControllerOptions? options = null)
    : IController, IWatchedLoop
    where TKey : notnull
{
    // What a cancelled reconciliation may take to notice it.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly ControllerOptions _options = options ?? new ControllerOptions();
    private readonly ILogger _logger = environment.Loggers.CreateLogger($"{typeof(Controller<TKey>).Namespace}.{name}");
    private long _startedAt;
    private volatile bool _working;

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>The queue it works on.</summary>
    public WorkQueue<TKey> Queue => queue;

    /// <summary>What brings a key into order.</summary>
    public IReconciler<TKey> Reconciler => reconciler;

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        environment.Metrics.ControllerStarts(name);
        using var kill = new CancellationTokenSource(Timeout.InfiniteTimeSpan, environment.Time);
        Volatile.Write(ref _startedAt, environment.Time.GetTimestamp());
        _working = true;
        await using var _ = cancellationToken.UnsafeRegister(
            _ =>
            {
                _working = false;
                kill.CancelAfter(_options.StopGrace);
            },
            null).ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(0, _options.Workers).Select(_ => WorkAsync(cancellationToken, kill.Token))).ConfigureAwait(false);
        _working = false;
    }

    /// <summary>
    /// Says so when keys are due and the workers run, but for longer than a reconciliation may take no key was taken or finished. While it is stopped,
    /// and on a replica that does not lead, keys may wait for as long as they like.
    /// </summary>
    public string? FindStuck()
    {
        if (!_working || queue.DueSince is not { } due)
        {
            return null;
        }

        var still = environment.Time.GetElapsedTime(Math.Max(due, Volatile.Read(ref _startedAt)));
        return still <= _options.Deadline + Margin
            ? null
            : $"controller {name}: keys are due and {_options.Workers} workers run, but for {still} no key was taken or finished";
    }

    private async Task WorkAsync(CancellationToken stop, CancellationToken kill)
    {
        // The caller starts all workers at once and none of them may hold up the others.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (!stop.IsCancellationRequested)
        {
            WorkItem<TKey>? taken;
            try
            {
                taken = await queue.TakeAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (taken is not { } item)
            {
                return;
            }

            await ReconcileAsync(item, kill).ConfigureAwait(false);
        }
    }

    private async Task ReconcileAsync(WorkItem<TKey> item, CancellationToken kill)
    {
        var started = environment.Time.GetTimestamp();
        environment.Metrics.ReconcileStarts(name);
        var (result, terminal) = ("error", false);
        try
        {
            var outcome = await RunOneAsync(item.Key, kill).ConfigureAwait(false);
            result = outcome.Delay is null ? "success" : "requeue_after";
            queue.Forget(item.Key);
            if (outcome.Delay is { } delay)
            {
                // What only time brings is no news: it must not lift the key over others when it is asked for otherwise.
                queue.AddAfter(item.Key, delay, Lane.Low);
            }
        }
        catch (TerminalException exception)
        {
            terminal = true;
            queue.Forget(item.Key);
            Log.Terminal(_logger, name, item.Key, exception.Message);
        }
        catch (Exception) when (kill.IsCancellationRequested)
        {
            // This process may run the controller again.
            queue.Add(item.Key, item.Lane);
            Log.Killed(_logger, name, item.Key);
        }
        catch (Exception exception)
        {
            var asked = (exception as ApiException)?.RetryAfter ?? TimeSpan.Zero;
            var delay = queue.Retry(item.Key, asked, item.Lane);
            Log.Failed(_logger, name, item.Key, item.Failures + 1, delay, exception);
        }
        finally
        {
            // Measured first: whoever sees the queue idle sees all of it counted.
            environment.Metrics.ReconcileEnds(name, result, terminal, environment.Time.GetElapsedTime(started));
            queue.Done(item.Key);
        }
    }

    private async Task<Result> RunOneAsync(TKey key, CancellationToken kill)
    {
        using var late = new CancellationTokenSource(_options.Deadline, environment.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, kill);
        try
        {
            return await reconciler.ReconcileAsync(key, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (late.IsCancellationRequested && !kill.IsCancellationRequested)
        {
            throw new TimeoutException($"not done after {_options.Deadline}", exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "{Controller}: {Key} failed {Failures} times in a row, next try in {Delay}")]
        public static partial void Failed(ILogger logger, string controller, TKey key, int failures, TimeSpan delay, Exception exception);

        [LoggerMessage(2, LogLevel.Error, "{Controller}: {Key} failed and is not tried again until it changes: {Reason}")]
        public static partial void Terminal(ILogger logger, string controller, TKey key, string reason);

        [LoggerMessage(3, LogLevel.Warning, "{Controller}: the work on {Key} was cut off because the controller stops; the key stays in the queue")]
        public static partial void Killed(ILogger logger, string controller, TKey key);
    }
}
