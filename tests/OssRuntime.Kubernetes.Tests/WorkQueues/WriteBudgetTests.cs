using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Kubernetes.Tests.WorkQueues;

public sealed class WriteBudgetTests : IDisposable
{
    private readonly StepClock _clock = new();
    private readonly WriteBudget _budget;

    public WriteBudgetTests() => _budget = new WriteBudget(new ControllerEnvironment { Time = _clock });

    public void Dispose() => _budget.Dispose();

    [Fact]
    public async Task Thirty_writes_pass_at_once_and_then_twenty_a_second()
    {
        var passed = 0;
        var writers = Enumerable.Range(0, 100).Select(async _ =>
        {
            await _budget.AcquireAsync(Patience.Token);
            Interlocked.Increment(ref passed);
        }).ToArray();
        Assert.Equal(30, passed);
        var began = _clock.GetUtcNow();
        while (passed < 100)
        {
            var before = passed;
            _clock.Advance(await _clock.NextDelayAsync(TimeSpan.Zero, TimeSpan.FromMinutes(1), Patience.Token));
            while (passed == before)
            {
                await Task.Yield();
            }
        }

        await Task.WhenAll(writers);
        Assert.Equal(3.5, (_clock.GetUtcNow() - began).TotalSeconds, tolerance: 0.001);
    }

    [Fact]
    public async Task A_pause_lets_nobody_pass_and_spends_nothing()
    {
        _budget.PauseFor(TimeSpan.FromSeconds(5));
        var writer = _budget.AcquireAsync(Patience.Token);
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(writer.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        await writer;
        for (var i = 0; i < 29; i++)
        {
            Assert.True(_budget.AcquireAsync(Patience.Token).IsCompletedSuccessfully);
        }
    }

    [Fact]
    public async Task A_writer_that_gives_up_takes_nothing_from_the_others()
    {
        for (var i = 0; i < 30; i++)
        {
            await _budget.AcquireAsync(Patience.Token);
        }

        using var cancel = new CancellationTokenSource();
        var gone = Enumerable.Range(0, 10).Select(_ => _budget.AcquireAsync(cancel.Token)).ToArray();
        var staying = _budget.AcquireAsync(Patience.Token);
        await cancel.CancelAsync();
        foreach (var writer in gone)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer);
        }

        _clock.Advance(TimeSpan.FromSeconds(0.05));
        await staying.WaitAsync(Patience.Token);
    }
}
