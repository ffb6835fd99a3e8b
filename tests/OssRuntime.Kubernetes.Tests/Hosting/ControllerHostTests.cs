using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Health;
using OssRuntime.Kubernetes.Hosting;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.LeaderElection;
using OssRuntime.Kubernetes.Tests.WorkQueues;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Kubernetes.Tests.Hosting;

public sealed class ControllerHostTests : IAsyncLifetime
{
    private static readonly ObjectKey LeaseKey = new("ns", "lead");
    private readonly CancellationTokenSource _stop = new();
    private readonly StepClock _clock = new();
    private readonly List<string> _log = [];
    private FakeApiServer _server = null!;
    private KubernetesConnection _connection = null!;
    private InformerRegistry _informers = null!;
    private Informer<Widget> _widgets = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync(
            _clock,
            FakeWidgets.Kind,
            new FakeKind("coordination.k8s.io", "v1", "leases", "Lease", Namespaced: true),
            new FakeKind("events.k8s.io", "v1", "events", "Event", Namespaced: true));
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment { Time = _clock, Random = new Random(1) });
        _informers = new InformerRegistry(_connection);
        _widgets = _informers.Get(Widget.ResourceKind, WidgetJsonContext.Default.Widget);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _connection.Dispose();
        _stop.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public void The_same_kind_is_watched_once_for_all()
    {
        Assert.Same(_widgets, _informers.Get(Widget.ResourceKind, WidgetJsonContext.Default.Widget));
        Assert.NotSame(_widgets, _informers.Get(Widget.ResourceKind, WidgetJsonContext.Default.Widget, new ResourceScope { Namespace = "ns" }));
        Assert.NotSame(_widgets, (object)_informers.Get(Widget.ResourceKind, PartialObject.TypeInfo, metadataOnly: true));
    }

    [Fact]
    public async Task An_informer_that_is_asked_for_late_starts_at_once()
    {
        var run = _informers.RunAsync(_stop.Token);
        await _informers.WhenSyncedAsync(Patience.Token);
        await _informers.Get(Widget.ResourceKind, PartialObject.TypeInfo, metadataOnly: true).Synced.WaitAsync(Patience.Token);
        await _stop.CancelAsync();
        await run.WaitAsync(Patience.Token);
    }

    [Fact]
    public async Task Controllers_start_after_the_first_lists_and_the_lease_and_find_everything_in_the_low_lane()
    {
        _server.Create("widgets", FakeWidgets.Make("ns", "a", 1));
        using var queue = new WorkQueue<ObjectKey>("widgets", _connection.Environment);
        _widgets.Store.Feed(queue);
        var lease = new LeaderLease(_connection, LeaseKey, "me");
        var reconciled = new TaskCompletionSource<bool>();
        var host = new ControllerHost(_informers, _connection.Environment, lease);
        host.Add(new Controller<ObjectKey>(
            "widgets",
            queue,
            new ScriptedReconciler<ObjectKey>((key, _) =>
            {
                reconciled.TrySetResult(lease.IsLeader && host.Synced.IsCompleted && _widgets.Store.Get(key) is not null);
                return Task.FromResult(Result.Done);
            }),
            _connection.Environment));
        Assert.False(host.IsLeader);
        var run = host.RunAsync(_stop.Token);
        Assert.True(await reconciled.Task.WaitAsync(Patience.Token));
        Assert.True(host.IsLeader);
        await _stop.CancelAsync();
        await run.WaitAsync(Patience.Token);
        Assert.Equal("", (string?)_server.Get("leases", "ns", "lead")["spec"]!["holderIdentity"]);
    }

    [Fact]
    public async Task A_standby_is_synced_and_works_not()
    {
        await new LeaderLease(_connection, LeaseKey, "other").AcquireAsync(Patience.Token);
        var host = new ControllerHost(_informers, _connection.Environment, new LeaderLease(_connection, LeaseKey, "me"));
        host.Add(new Recorded("leader", _log));
        var standby = new Recorded("everywhere", _log);
        host.AddEverywhere(standby);
        var run = host.RunAsync(_stop.Token);
        await host.Synced.WaitAsync(Patience.Token);
        await standby.Started.WaitAsync(Patience.Token);
        await _clock.NextDelayAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), Patience.Token);
        Assert.Equal(["everywhere begins"], _log);
        Assert.False(host.IsLeader);
        await _stop.CancelAsync();
        await run.WaitAsync(Patience.Token);
        Assert.Equal("other", (string?)_server.Get("leases", "ns", "lead")["spec"]!["holderIdentity"]);
    }

    [Fact]
    public async Task The_end_comes_in_reverse_work_then_events_then_lease_then_informers()
    {
        using var budget = new WriteBudget(_connection.Environment);
        var recorder = new EventRecorder(_connection, budget);
        var lease = new LeaderLease(_connection, LeaseKey, "me");
        var host = new ControllerHost(_informers, _connection.Environment, lease, recorder);
        var finish = new TaskCompletionSource();
        var last = new Recorded("leader", _log, async () =>
        {
            await finish.Task;
            Assert.True(lease.IsLeader);
            Assert.Single(_server.Watches);
            recorder.Record(new EventSubject("v1", "Pod", new ObjectKey("ns", "p"), "u"), EventType.Normal, "Last", "words");
        });
        host.Add(last);
        host.AddEverywhere(new Recorded("everywhere", _log));
        var run = host.RunAsync(_stop.Token);
        await last.Started.WaitAsync(Patience.Token);
        await _server.WatchAsync("widgets", 1, Patience.Token);
        await _stop.CancelAsync();
        Assert.False(run.IsCompleted);
        finish.SetResult();
        await run.WaitAsync(Patience.Token);
        Assert.Equal(["leader ends", "everywhere ends"], _log[^2..]);
        var requests = _server.Requests.Where(request => request.IsWrite).Select(request => $"{request.Verb} {request.Plural}").ToArray();
        Assert.Equal(["create leases", "create events", "patch leases"], requests);
        await _server.WhenAsync(server => server.Watches.Count == 0, Patience.Token);
    }

    [Fact]
    public async Task Leadership_that_another_took_stops_the_controllers_and_they_run_again_once_it_is_regained()
    {
        var host = new ControllerHost(_informers, _connection.Environment, new LeaderLease(_connection, LeaseKey, "me"));
        var leader = new Recorded("leader", _log);
        host.Add(leader);
        var run = host.RunAsync(_stop.Token);
        await leader.Started.WaitAsync(Patience.Token);
        _server.Change("leases", "ns", "lead", static lease => lease["spec"]!["holderIdentity"] = "thief");
        _clock.Advance(await _clock.NextDelayAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2), Patience.Token));

        // The wait of a candidate: the controllers have ended, and the lease is the other's.
        var wait = await _clock.NextDelayAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), Patience.Token);
        Assert.Equal(["leader begins", "leader ends"], _log);
        Assert.False(host.IsLeader);
        Assert.False(run.IsCompleted);
        Assert.Equal("thief", (string?)_server.Get("leases", "ns", "lead")["spec"]!["holderIdentity"]);
        _server.Change("leases", "ns", "lead", static lease => lease["spec"]!["holderIdentity"] = "");
        _clock.Advance(wait);
        await leader.Started.WaitAsync(Patience.Token);
        Assert.True(host.IsLeader);
        await _stop.CancelAsync();
        await run.WaitAsync(Patience.Token);
        Assert.Equal(["leader begins", "leader ends", "leader begins", "leader ends"], _log);
        Assert.Equal("", (string?)_server.Get("leases", "ns", "lead")["spec"]!["holderIdentity"]);
    }

    [Fact]
    public async Task A_server_that_is_away_during_the_backlog_loses_no_key_of_it_and_is_no_reason_to_be_stuck()
    {
        using var queue = new WorkQueue<string>("widgets", _connection.Environment);
        var begun = new TaskCompletionSource();
        var done = new List<string>();
        var host = new ControllerHost(_informers, _connection.Environment, new LeaderLease(_connection, LeaseKey, "me"));
        host.Add(new Controller<string>(
            "widgets",
            queue,
            new ScriptedReconciler<string>(async (key, token) =>
            {
                if (!begun.Task.IsCompleted)
                {
                    // As a request to a server that is away, until it is cut off.
                    begun.SetResult();
                    await Task.Delay(Timeout.InfiniteTimeSpan, token);
                }

                done.Add(key);
                return Result.Done;
            }),
            _connection.Environment,
            new ControllerOptions { Workers = 1 }));
        queue.Add("a");
        queue.Add("b");
        var run = host.RunAsync(_stop.Token);
        await begun.Task.WaitAsync(Patience.Token);
        _server.Fail("patch", "leases", [.. Enumerable.Repeat(Fault.Status(500, "InternalError"), 4)]);
        _server.Fail("get", "leases", [.. Enumerable.Repeat(Fault.Status(500, "InternalError"), 5)]);

        // The renewals until their deadline, then the grace of the controllers, then the tries to get the lease again.
        foreach (var seconds in (int[])[2, 2, 2, 2, 2, 10])
        {
            _clock.Advance(await _clock.NextDelayAsync(TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(seconds), Patience.Token));
            Assert.Null(host.Liveness.FindStuck());
        }

        Assert.False(host.IsLeader);
        var idle = queue.WhenIdleAsync(Patience.Token);
        while (!idle.IsCompleted)
        {
            using var enough = new CancellationTokenSource();
            var next = _clock.NextDelayAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), enough.Token);
            if (await Task.WhenAny(idle, next) == next)
            {
                _clock.Advance(await next);
                Assert.Null(host.Liveness.FindStuck());
            }

            await enough.CancelAsync();
        }

        await idle;
        Assert.Equal(["a", "b"], done.Order());
        Assert.True(host.IsLeader);
        await _stop.CancelAsync();
        await run.WaitAsync(Patience.Token);
    }

    [Fact]
    public void Liveness_names_every_loop_that_is_stuck()
    {
        var liveness = new Liveness();
        var host = new ControllerHost(_informers, _connection.Environment, liveness: liveness);
        Assert.Same(liveness, host.Liveness);
        Assert.Null(liveness.FindStuck());
        host.Add(new Recorded("sound", _log));
        host.Add(new Recorded("first", _log) { Stuck = "first stands still" });
        host.AddEverywhere(new Recorded("second", _log) { Stuck = "second stands still" });
        Assert.Equal("first stands still\nsecond stands still", liveness.FindStuck());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_controller_that_fails_as_a_whole_ends_the_host_in_good_order(bool onLeader)
    {
        var host = new ControllerHost(_informers, _connection.Environment, new LeaderLease(_connection, LeaseKey, "me"));
        var other = new Recorded("other", _log);
        var broken = new Recorded("broken", _log, fails: true);
        host.Add(onLeader ? broken : other);
        host.Add(new Recorded("third", _log));
        host.AddEverywhere(onLeader ? other : broken);
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => host.RunAsync(_stop.Token).WaitAsync(Patience.Token));
        Assert.Equal("broken", exception.Message);
        Assert.True(_server.Requests.All(request => request.Plural != "leases" || !request.IsWrite) || (string?)_server.Get("leases", "ns", "lead")["spec"]!["holderIdentity"] == "");
    }

    [Fact]
    public async Task A_process_that_is_stopped_before_it_is_ready_ends()
    {
        _server.Fail("list", "widgets", Fault.Silence);
        var host = new ControllerHost(_informers, _connection.Environment, new LeaderLease(_connection, LeaseKey, "me"));
        host.Add(new Recorded("leader", _log));
        var run = host.RunAsync(_stop.Token);
        await _server.WhenAsync(server => server.Requests.Count > 0, Patience.Token);
        await _stop.CancelAsync();
        await run.WaitAsync(Patience.Token);
        Assert.Empty(_log);
        Assert.False(host.Synced.IsCompleted);
    }

    private sealed class Recorded(string name, List<string> log, Func<Task>? atEnd = null, bool fails = false) : IController, IWatchedLoop
    {
        private TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Name => name;

        public string? Stuck { get; init; }

        public Task Started => _started.Task;

        public string? FindStuck() => Stuck;

        public async Task RunAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (fails)
            {
                throw new InvalidOperationException(name);
            }

            Note("begins");
            _started.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await (atEnd?.Invoke() ?? Task.CompletedTask);
            _started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Note("ends");
        }

        private void Note(string what)
        {
            lock (log)
            {
                log.Add($"{name} {what}");
            }
        }
    }
}
