using System.Net;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Kubernetes.Tests.WorkQueues;

public sealed class ControllerTests : IAsyncLifetime
{
    private readonly StepClock _clock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ControllerEnvironment _environment;
    private readonly WorkQueue<string> _queue;
    private readonly MeasuredMetrics _measured;
    private Task _run = Task.CompletedTask;

    public ControllerTests()
    {
        _environment = new ControllerEnvironment { Time = _clock, Random = new Random(1) };
        _measured = new MeasuredMetrics(_environment.Metrics);
        _queue = new WorkQueue<string>("widgets", _environment, new WorkQueueOptions { Backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), 0) });
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run.WaitAsync(Patience.Token);
        _queue.Dispose();
        _measured.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task A_failure_is_tried_again_after_its_backoff_until_it_succeeds()
    {
        var tries = 0;
        var done = new TaskCompletionSource();
        Start((_, _) =>
        {
            if (++tries < 4)
            {
                throw new InvalidOperationException("as the test wished");
            }

            done.SetResult();
            return Task.FromResult(Result.Done);
        });
        _queue.Add("a");
        foreach (var seconds in (int[])[1, 2, 4])
        {
            _clock.Advance(await Delay(seconds));
        }

        await done.Task.WaitAsync(Patience.Token);
        await IdleAsync();
        Assert.Equal(3, _measured.Sum("controller_runtime_reconcile_total", ("controller", "widgets"), ("result", "error")));
        Assert.Equal(1, _measured.Sum("controller_runtime_reconcile_total", ("controller", "widgets"), ("result", "success")));
        Assert.Equal(3, _measured.Sum("workqueue_retries_total", ("name", "widgets")));
        Assert.Equal(4, _measured.Values("controller_runtime_reconcile_time_seconds").Count);
        Assert.Equal(TimeSpan.FromSeconds(1), _queue.Retry("a"));
    }

    [Fact]
    public async Task A_result_with_a_delay_runs_again_at_its_time()
    {
        var runs = new List<DateTimeOffset>();
        Start((_, _) =>
        {
            runs.Add(_clock.GetUtcNow());
            return Task.FromResult(runs.Count == 1 ? Result.After(TimeSpan.FromHours(3)) : Result.Done);
        });
        _queue.Add("a");
        _clock.Advance(await _clock.NextDelayAsync(TimeSpan.FromHours(3), TimeSpan.FromHours(3), Patience.Token));
        await IdleAsync();
        Assert.Equal(TimeSpan.FromHours(3), runs[1] - runs[0]);
        Assert.Equal(1, _measured.Sum("controller_runtime_reconcile_total", ("result", "requeue_after")));
    }

    [Fact]
    public async Task What_no_retry_mends_waits_for_a_change()
    {
        var runs = 0;
        Start((_, _) =>
        {
            runs++;
            throw new TerminalException("as the test wished");
        });
        _queue.Add("a");
        await IdleAsync();
        Assert.Equal(1, runs);
        _queue.Add("a");
        await IdleAsync();
        Assert.Equal(2, runs);
        Assert.Equal(2, _measured.Sum("controller_runtime_terminal_reconcile_errors_total"));
    }

    [Fact]
    public async Task A_server_that_asks_to_wait_is_waited_for()
    {
        Start((_, _) => throw new ApiException(HttpStatusCode.TooManyRequests, null, TimeSpan.FromSeconds(44), "GET /"));
        _queue.Add("a");
        Assert.Equal(TimeSpan.FromSeconds(44), await Delay(44));
    }

    [Fact]
    public async Task A_reconciliation_that_takes_too_long_is_cut_off_and_tried_again()
    {
        Start(async (_, token) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token);
            return Result.Done;
        });
        _queue.Add("a");
        _clock.Advance(await _clock.NextDelayAsync(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(5), Patience.Token));
        await Delay(1);
    }

    [Fact]
    public async Task One_key_is_never_worked_on_by_two_workers_and_several_keys_are()
    {
        var both = new Barrier(2);
        Start(async (key, token) =>
        {
            await Task.Run(() => both.SignalAndWait(TimeSpan.FromSeconds(20)), token);
            return Result.Done;
        });
        _queue.Add("a");
        _queue.Add("b");
        await IdleAsync();
        Assert.Equal(1, both.CurrentPhaseNumber);
    }

    [Fact]
    public async Task At_the_end_work_in_hand_is_finished_and_no_new_work_begun()
    {
        var begun = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        var runs = 0;
        Start(async (_, _) =>
        {
            runs++;
            begun.TrySetResult();
            await finish.Task;
            return Result.Done;
        }, workers: 1);
        _queue.Add("a");
        await begun.Task.WaitAsync(Patience.Token);
        _queue.Add("b");
        await _stop.CancelAsync();
        Assert.False(_run.IsCompleted);
        finish.SetResult();
        await _run.WaitAsync(Patience.Token);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task Work_that_does_not_end_is_cut_off_after_its_grace()
    {
        var begun = new TaskCompletionSource();
        Start(async (_, token) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token);
            return Result.Done;
        });
        _queue.Add("a");
        await begun.Task.WaitAsync(Patience.Token);
        await _stop.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(_run.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await _run.WaitAsync(Patience.Token);
    }

    [Fact]
    public async Task A_controller_that_was_stopped_runs_again_and_does_what_was_cut_off()
    {
        var begun = new TaskCompletionSource();
        var runs = new List<string>();
        var controller = Make(async (key, token) =>
        {
            lock (runs)
            {
                runs.Add(key);
            }

            if (!begun.Task.IsCompleted)
            {
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token);
            }

            return Result.Done;
        }, workers: 1);
        using var first = new CancellationTokenSource();
        var firstRun = controller.RunAsync(first.Token);
        _queue.Add("a");
        await begun.Task.WaitAsync(Patience.Token);
        await first.CancelAsync();
        _queue.Add("b");
        _clock.Advance(TimeSpan.FromSeconds(10));
        await firstRun.WaitAsync(Patience.Token);
        Assert.Equal(["a"], runs);
        Assert.False(_queue.IsIdle);
        _run = controller.RunAsync(_stop.Token);
        await IdleAsync();
        Assert.Equal(["a", "a", "b"], runs.Order());
    }

    [Fact]
    public async Task Workers_that_all_hang_are_stuck_once_another_key_is_due_for_longer_than_a_reconciliation_may_take()
    {
        var finish = new TaskCompletionSource();
        var controller = Make(async (_, _) =>
        {
            await finish.Task;
            return Result.Done;
        });
        _run = controller.RunAsync(_stop.Token);
        _queue.Add("a");
        _queue.Add("b");
        while (_queue.Depth > 0)
        {
            await Task.Yield();
        }

        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(controller.FindStuck());
        _queue.Add("c");
        _clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(controller.FindStuck());
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("controller widgets: keys are due and 2 workers run, but for 00:06:01 no key was taken or finished", controller.FindStuck());
        finish.SetResult();
        await IdleAsync();
        Assert.Null(controller.FindStuck());
    }

    [Fact]
    public async Task A_key_that_hangs_and_is_asked_for_again_is_stuck_too()
    {
        var begun = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        var controller = Make(async (_, _) =>
        {
            begun.TrySetResult();
            await finish.Task;
            return Result.Done;
        });
        _run = controller.RunAsync(_stop.Token);
        _queue.Add("a");
        await begun.Task.WaitAsync(Patience.Token);
        _queue.Add("a");
        _clock.Advance(TimeSpan.FromMinutes(6.1));
        Assert.NotNull(controller.FindStuck());
        finish.SetResult();
        await IdleAsync();
    }

    [Fact]
    public async Task A_server_that_hangs_for_hours_makes_no_controller_stuck()
    {
        using var begun = new SemaphoreSlim(0);
        var controller = Make(async (_, token) =>
        {
            begun.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token);
            return Result.Done;
        }, workers: 1);
        _run = controller.RunAsync(_stop.Token);
        foreach (var key in (string[])["a", "b", "c", "d"])
        {
            _queue.Add(key);
        }

        for (var i = 0; i < 50; i++)
        {
            await begun.WaitAsync(Patience.Token);
            _clock.Advance(TimeSpan.FromMinutes(5));
            Assert.Null(controller.FindStuck());
        }

        // No work is in hand when the test ends: it would wait for its grace.
        await begun.WaitAsync(Patience.Token);
        await _stop.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Keys_that_wait_on_a_standby_are_not_stuck_and_not_at_its_first_moment_as_leader()
    {
        var controller = Make((_, _) => new TaskCompletionSource<Result>().Task);
        _queue.Add("a");
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(controller.FindStuck());
        using var blocked = new CancellationTokenSource();
        _ = controller.RunAsync(blocked.Token);
        Assert.Null(controller.FindStuck());
    }

    [Fact]
    public void Counters_are_there_before_anything_happens()
    {
        Start(static (_, _) => Task.FromResult(Result.Done));
        _measured.Observe();
        Assert.Equal([0], _measured.Values("controller_runtime_reconcile_total", ("controller", "widgets"), ("result", "error")));
        Assert.Equal([0], _measured.Values("workqueue_depth", ("name", "widgets")));
        Assert.Equal([0], _measured.Values("workqueue_unfinished_work_seconds", ("name", "widgets")));
        Assert.Equal([0], _measured.Values("workqueue_longest_running_processor_seconds", ("name", "widgets")));
    }

    [Fact]
    public async Task Work_in_hand_shows_its_age()
    {
        var begun = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        Start(async (_, _) =>
        {
            begun.SetResult();
            await finish.Task;
            return Result.Done;
        });
        _queue.Add("a");
        await begun.Task.WaitAsync(Patience.Token);
        _clock.Advance(TimeSpan.FromSeconds(7));
        _measured.Observe();
        Assert.Equal([7], _measured.Values("workqueue_unfinished_work_seconds"));
        Assert.Equal([7], _measured.Values("workqueue_longest_running_processor_seconds"));
        finish.SetResult();
        await IdleAsync();
        Assert.Equal([7], _measured.Values("workqueue_work_duration_seconds"));
    }

    private void Start(Func<string, CancellationToken, Task<Result>> reconcile, int workers = 2) =>
        _run = Make(reconcile, workers).RunAsync(_stop.Token);

    private Controller<string> Make(Func<string, CancellationToken, Task<Result>> reconcile, int workers = 2) =>
        new("widgets", _queue, new ScriptedReconciler<string>(reconcile), _environment, new ControllerOptions { Workers = workers });

    private Task<TimeSpan> Delay(int seconds) =>
        _clock.NextDelayAsync(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds), Patience.Token);

    private async Task IdleAsync()
    {
        var patience = Patience.Token;
        while (!_queue.IsIdle)
        {
            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
