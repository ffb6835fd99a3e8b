using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Kubernetes.Tests.WorkQueues;

public sealed class WorkQueueTests : IDisposable
{
    private readonly StepClock _clock = new();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTests() =>
        _queue = new WorkQueue<string>("q", new ControllerEnvironment { Time = _clock, Random = new Random(1) }, new WorkQueueOptions
        {
            Backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10), 0),
            NormalsInARow = 3,
        });

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task A_key_added_twice_runs_once()
    {
        _queue.Add("a");
        _queue.Add("a");
        Assert.Equal("a", await Take());
        _queue.Done("a");
        Assert.True(_queue.IsIdle);
    }

    [Fact]
    public async Task A_key_added_while_it_is_worked_on_runs_again_after_Done()
    {
        _queue.Add("a");
        Assert.Equal("a", await Take());
        _queue.Add("a");
        Assert.Equal(0, _queue.Depth);
        _queue.Done("a");
        Assert.Equal("a", await Take());
    }

    [Fact]
    public async Task Keys_run_in_the_order_in_which_they_came()
    {
        _queue.Add("a");
        _queue.Add("b");
        _queue.Add("a");
        Assert.Equal(["a", "b"], [await Take(), await Take()]);
    }

    [Fact]
    public async Task Groups_take_turns_however_many_keys_one_of_them_has()
    {
        using var queue = Fair(mostOfGroup: 9);
        foreach (var key in (string[])["evil/1", "evil/2", "evil/3", "evil/4", "shop/1", "evil/5", "bank/1", "shop/2"])
        {
            queue.Add(key);
        }

        var order = new List<string>();
        while (queue.Depth > 0)
        {
            order.Add((await queue.TakeAsync(TestContext.Current.CancellationToken))!.Value.Key);
        }

        Assert.Equal(["evil/1", "shop/1", "bank/1", "evil/2", "shop/2", "evil/3", "evil/4", "evil/5"], order);
    }

    [Fact]
    public async Task A_group_that_waits_for_ever_leaves_a_worker_to_the_others_in_whatever_lane()
    {
        using var queue = Fair(mostOfGroup: 2);
        queue.Add("evil/1", Lane.High);
        queue.Add("evil/2", Lane.High);
        queue.Add("evil/3", Lane.High);
        queue.Add("shop/1", Lane.Low);
        queue.Add("everybodys");
        var taken = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            taken.Add((await queue.TakeAsync(TestContext.Current.CancellationToken))!.Value.Key);
        }

        Assert.Equal(["evil/1", "evil/2", "everybodys", "shop/1"], taken);
        var waiting = queue.TakeAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(waiting.IsCompleted);
        queue.Done("evil/1");
        Assert.Equal("evil/3", (await waiting)!.Value.Key);
        Assert.Equal(0, queue.Depth);
    }

    [Fact]
    public async Task A_key_of_several_groups_stands_where_the_line_is_shortest()
    {
        using var queue = Fair(mostOfGroup: 1);
        queue.Add("evil/1");
        queue.Add("evil/2");
        queue.Add("evil+shop/base");
        Assert.Equal("evil/1", (await queue.TakeAsync(TestContext.Current.CancellationToken))!.Value.Key);
        Assert.Equal("evil+shop/base", (await queue.TakeAsync(TestContext.Current.CancellationToken))!.Value.Key);
    }

    private static WorkQueue<string> Fair(int mostOfGroup) =>
        new("fair", new ControllerEnvironment { Time = new StepClock() }, new WorkQueueOptions { MostOfGroup = mostOfGroup }, new FirstPart());

    private sealed class FirstPart : IKeyGroups<string>
    {
        public IReadOnlyCollection<string> Of(string key) => key.Contains('/', StringComparison.Ordinal) ? key.Split('/')[0].Split('+') : [];
    }

    [Fact]
    public async Task News_overtakes_the_backlog()
    {
        _queue.Add("old", Lane.Low);
        _queue.Add("new");
        Assert.Equal(["new", "old"], [await Take(), await Take()]);
    }

    [Fact]
    public async Task A_key_of_the_backlog_that_becomes_news_is_lifted()
    {
        _queue.Add("a", Lane.Low);
        _queue.Add("b", Lane.Low);
        _queue.Add("b");
        Assert.Equal(["b", "a"], [await Take(), await Take()]);
        Assert.Equal(0, _queue.Depth);
    }

    [Fact]
    public async Task What_somebody_waits_for_overtakes_news_and_backlog_and_is_lifted_from_both()
    {
        _queue.Add("old", Lane.Low);
        _queue.Add("new");
        _queue.Add("first", Lane.High);
        _queue.Add("old", Lane.High);
        _queue.Add("first");
        Assert.Equal(["first", "old", "new"], [await Take(), await Take(), await Take()]);
        Assert.Equal(0, _queue.Depth);
    }

    [Fact]
    public async Task News_that_is_also_backlog_stays_news()
    {
        _queue.Add("a");
        _queue.Add("b");
        _queue.Add("b", Lane.Low);
        Assert.Equal(Lane.Normal, (await _queue.TakeAsync(default))!.Value.Lane);
        Assert.Equal(Lane.Normal, (await _queue.TakeAsync(default))!.Value.Lane);
    }

    [Fact]
    public async Task Constant_news_does_not_starve_the_backlog()
    {
        _queue.Add("old", Lane.Low);
        var taken = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            _queue.Add($"new{i}");
            taken.Add(await Take());
        }

        Assert.Equal(["new0", "new1", "new2", "old", "new3"], taken);
    }

    [Fact]
    public async Task A_delayed_key_runs_at_its_time_and_not_before()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        var taking = Take();
        _clock.Advance(TimeSpan.FromSeconds(9.999));
        Assert.False(taking.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.001));
        Assert.Equal("a", await taking);
    }

    [Fact]
    public async Task The_nearer_time_wins_whichever_was_asked_first()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.AddAfter("a", TimeSpan.FromSeconds(5));
        _queue.AddAfter("b", TimeSpan.FromSeconds(5));
        _queue.AddAfter("b", TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["a", "b"], [await Take(), await Take()]);
        _queue.Done("a");
        _queue.Done("b");
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.True(_queue.IsIdle);
    }

    [Fact]
    public async Task A_key_that_is_added_now_no_longer_waits()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.Add("a");
        Assert.Equal("a", await Take());
        _queue.Done("a");
        Assert.True(_queue.IsIdle);
    }

    [Fact]
    public void A_failing_key_waits_twice_as_long_each_time_up_to_the_cap()
    {
        var waits = Enumerable.Range(0, 12).Select(_ => _queue.Retry("a").TotalSeconds);
        Assert.Equal([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600], waits);
    }

    [Fact]
    public void A_forgotten_failure_starts_from_the_beginning()
    {
        _queue.Retry("a");
        _queue.Retry("a");
        _queue.Forget("a");
        Assert.Equal(TimeSpan.FromSeconds(1), _queue.Retry("a"));
    }

    [Fact]
    public void A_retry_waits_at_least_as_long_as_the_server_asked()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), _queue.Retry("a", TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task One_keys_failures_do_not_hold_up_another()
    {
        for (var i = 0; i < 10; i++)
        {
            _queue.Retry("bad");
        }

        _queue.Add("good");
        Assert.Equal("good", await Take());
    }

    [Fact]
    public async Task A_change_cuts_a_failed_keys_wait_short()
    {
        _queue.Retry("a");
        _queue.Retry("a");
        _queue.Add("a");
        Assert.Equal(2, (await _queue.TakeAsync(default))!.Value.Failures);
    }

    [Fact]
    public async Task A_key_that_waits_for_years_is_no_trouble_for_timers()
    {
        _queue.AddAfter("a", TimeSpan.FromDays(800));
        var taking = Take();
        for (var day = 0; day < 799; day++)
        {
            _clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.False(taking.IsCompleted);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal("a", await taking);
    }

    [Fact]
    public async Task A_taker_that_is_cancelled_takes_no_key_with_it()
    {
        using var cancel = new CancellationTokenSource();
        var cancelled = _queue.TakeAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cancelled);
        _queue.Add("a");
        Assert.Equal("a", await Take());
    }

    [Fact]
    public async Task Closing_ends_all_waiting()
    {
        var taking = _queue.TakeAsync(default);
        _queue.Close();
        Assert.Null(await taking);
        Assert.Null(await _queue.TakeAsync(default));
    }

    [Fact]
    public async Task Idle_is_waited_for_until_the_last_key_is_done_and_not_for_those_of_later()
    {
        Assert.True(_queue.WhenIdleAsync(Patience.Token).IsCompletedSuccessfully);
        _queue.AddAfter("later", TimeSpan.FromSeconds(10));
        Assert.True(_queue.WhenIdleAsync(Patience.Token).IsCompletedSuccessfully);
        _queue.Add("a");
        _queue.Add("b");
        var idle = _queue.WhenIdleAsync(Patience.Token);
        Assert.Equal(["a", "b"], [await Take(), await Take()]);
        _queue.Done("a");
        _queue.Add("b");
        _queue.Done("b");
        Assert.False(idle.IsCompleted);
        Assert.Equal("b", await Take());
        Assert.False(idle.IsCompleted);
        _queue.Retry("b");
        _queue.Done("b");
        await idle.WaitAsync(Patience.Token);
    }

    [Fact]
    public async Task Who_waits_for_idle_can_give_up()
    {
        using var cancel = new CancellationTokenSource();
        _queue.Add("a");
        var idle = _queue.WhenIdleAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => idle);
    }

    [Fact]
    public void Ending_work_that_nobody_began_is_refused() => Assert.Throws<InvalidOperationException>(() => _queue.Done("a"));

    private async Task<string> Take() => (await _queue.TakeAsync(default))!.Value.Key;
}
