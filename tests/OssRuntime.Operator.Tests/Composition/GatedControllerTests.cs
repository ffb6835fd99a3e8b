using OssRuntime.Kubernetes.Health;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Composition;

namespace OssRuntime.Operator.Tests.Composition;

public sealed class GatedControllerTests
{
    private readonly TaskCompletionSource _gate = new();
    private readonly Inner _inner = new();

    [Fact]
    public async Task Nothing_is_worked_on_before_the_gate_opens()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var run = new GatedController(_inner, _gate.Task).RunAsync(stop.Token);
        Assert.False(_inner.Began.Task.IsCompleted);
        _gate.SetResult();
        await _inner.Began.Task.WaitAsync(stop.Token);
        Assert.False(run.IsCompleted);
        await stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task Who_is_stopped_before_it_opens_ends_in_good_order_and_may_be_run_again()
    {
        var gated = new GatedController(_inner, _gate.Task);
        using (var stop = new CancellationTokenSource())
        {
            var run = gated.RunAsync(stop.Token);
            await stop.CancelAsync();
            await run;
        }

        Assert.False(_inner.Began.Task.IsCompleted);
        _gate.SetResult();
        using var again = new CancellationTokenSource();
        var second = gated.RunAsync(again.Token);
        await _inner.Began.Task.WaitAsync(TestContext.Current.CancellationToken);
        await again.CancelAsync();
        await second;
    }

    [Fact]
    public async Task Who_is_stopped_in_the_moment_in_which_it_opens_does_not_begin()
    {
        _gate.SetResult();
        await new GatedController(_inner, _gate.Task).RunAsync(new CancellationToken(canceled: true));
        Assert.False(_inner.Began.Task.IsCompleted);
    }

    [Fact]
    public void It_has_the_name_and_the_progress_of_what_is_behind_it()
    {
        var gated = new GatedController(_inner, _gate.Task);
        Assert.Equal(("inner", "stuck"), (gated.Name, gated.FindStuck()));
    }

    private sealed class Inner : IController, IWatchedLoop
    {
        public TaskCompletionSource Began { get; } = new();

        public string Name => "inner";

        public string? FindStuck() => "stuck";

        public Task RunAsync(CancellationToken cancellationToken)
        {
            Began.SetResult();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
