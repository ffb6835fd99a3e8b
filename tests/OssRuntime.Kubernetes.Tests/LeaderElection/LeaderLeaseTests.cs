using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.LeaderElection;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Kubernetes.Tests.LeaderElection;

public sealed class LeaderLeaseTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly ObjectKey Key = new("ns", "lead");
    private readonly StepClock _clock = new();
    private readonly CancellationTokenSource _stop = new();
    private FakeApiServer _server = null!;
    private KubernetesConnection _connection = null!;
    private LeaderLease _lease = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync(_clock, new FakeKind("coordination.k8s.io", "v1", "leases", "Lease", Namespaced: true));
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment { Time = _clock, Random = new Random(1) });
        // Not a multiple of the retry period, so that a test can tell a wait from a request's time limit.
        _lease = new LeaderLease(_connection, Key, "me", new LeaderLeaseOptions { RenewDeadline = 10.5 * Second });
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _connection.Dispose();
        _stop.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_lease_that_is_not_there_is_created_and_held()
    {
        await _lease.AcquireAsync(Patience.Token);
        Assert.True(_lease.IsLeader);
        var spec = _server.Get("leases", "ns", "lead")["spec"]!;
        Assert.Equal(("me", 15, 0), ((string)spec["holderIdentity"]!, (int)spec["leaseDurationSeconds"]!, (int)spec["leaseTransitions"]!));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", (string)spec["renewTime"]!);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_lease_without_a_holder_is_taken_at_once(string? holder)
    {
        Put(holder);
        await _lease.AcquireAsync(Patience.Token);
        Assert.True(_lease.IsLeader);
    }

    [Fact]
    public async Task A_holder_that_stops_renewing_is_waited_out_by_ones_own_clock_whatever_its_times_say()
    {
        Put("other", renewTime: "1999-01-01T00:00:00.000000Z");
        var began = _clock.GetUtcNow();
        var acquiring = _lease.AcquireAsync(Patience.Token);
        await PassUntilAsync(acquiring);
        Assert.InRange(_clock.GetUtcNow() - began, 15 * Second, 21 * Second);
        Assert.Equal(1, (int)_server.Get("leases", "ns", "lead")["spec"]!["leaseTransitions"]!);
    }

    [Fact]
    public async Task A_holder_that_renews_keeps_the_lease_although_its_clock_is_years_behind()
    {
        Put("other", renewTime: "1999-01-01T00:00:00.000000Z");
        var acquiring = _lease.AcquireAsync(_stop.Token);
        for (var i = 0; i < 20; i++)
        {
            _clock.Advance(await _clock.NextDelayAsync(2 * Second, 5 * Second, Patience.Token));
            _server.Change("leases", "ns", "lead", lease => lease["spec"]!["renewTime"] = $"1999-01-01T00:00:{i:d2}.000000Z");
        }

        Assert.False(acquiring.IsCompleted);
        Assert.Equal("other", _lease.Holder);
    }

    [Fact]
    public async Task Failing_renewals_are_retried_until_the_deadline_and_then_leadership_is_lost()
    {
        await _lease.AcquireAsync(Patience.Token);
        _server.Fail("patch", "leases", [.. Enumerable.Repeat(Fault.Status(500, "InternalError"), 20)]);
        var began = _clock.GetUtcNow();
        var hold = _lease.HoldAsync(Patience.Token);
        for (var i = 0; i < 5; i++)
        {
            _clock.Advance(await _clock.NextDelayAsync(2 * Second, 2 * Second, Patience.Token));
        }

        // What is left is the limit of the last request, and then the last wait.
        await _clock.NextDelayAsync(0.5 * Second, 0.5 * Second, Patience.Token);
        _clock.Advance(await _clock.NextDelayAsync(0.5 * Second, 0.5 * Second, Patience.Token));
        await hold.WaitAsync(Patience.Token);
        Assert.Equal(10.5 * Second, _clock.GetUtcNow() - began);
        Assert.False(_lease.IsLeader);
        Assert.Equal(5, _server.Requests.Count(request => request.Verb == "patch"));
    }

    [Fact]
    public async Task One_failing_renewal_loses_nothing()
    {
        await _lease.AcquireAsync(Patience.Token);
        _server.Fail("patch", "leases", Fault.Reset, Fault.Status(500, "InternalError"), Fault.Status(409, "Conflict"));
        var hold = _lease.HoldAsync(_stop.Token);
        for (var i = 0; i < 10; i++)
        {
            _clock.Advance(await _clock.NextDelayAsync(2 * Second, 2 * Second, Patience.Token));
        }

        await _clock.NextDelayAsync(2 * Second, 2 * Second, Patience.Token);
        Assert.False(hold.IsCompleted);
        Assert.True(_lease.IsLeader);
    }

    [Fact]
    public async Task A_server_that_hangs_loses_the_leadership_at_the_deadline_even_before_anybody_notices()
    {
        await _lease.AcquireAsync(Patience.Token);
        _server.Fail("patch", "leases", Fault.Silence);
        var hold = _lease.HoldAsync(Patience.Token);
        _clock.Advance(await _clock.NextDelayAsync(2 * Second, 2 * Second, Patience.Token));
        await _server.WhenAsync(server => server.Requests.Any(request => request.Verb == "patch"), Patience.Token);
        Assert.True(_lease.IsLeader);
        _clock.Advance(8.4 * Second);
        Assert.True(_lease.IsLeader);
        _clock.Advance(0.1 * Second);
        Assert.False(_lease.IsLeader);
        await hold.WaitAsync(Patience.Token);
    }

    [Fact]
    public async Task A_renewal_counts_from_its_beginning()
    {
        await _lease.AcquireAsync(Patience.Token);
        var answered = new TaskCompletionSource();
        _server.Fail("patch", "leases", new Fault("late", async (_, _) =>
        {
            await answered.Task;
            return true;
        }), Fault.Silence);
        var hold = _lease.HoldAsync(_stop.Token);
        _clock.Advance(await _clock.NextDelayAsync(2 * Second, 2 * Second, Patience.Token));
        await _server.WhenAsync(server => server.Requests.Any(request => request.Verb == "patch"), Patience.Token);
        _clock.Advance(5 * Second);
        answered.SetResult();
        await _clock.NextDelayAsync(2 * Second, 2 * Second, Patience.Token);
        _clock.Advance(5.4 * Second);
        Assert.True(_lease.IsLeader);
        _clock.Advance(0.1 * Second);
        Assert.False(_lease.IsLeader);
    }

    [Fact]
    public async Task A_lease_that_somebody_deleted_is_made_anew()
    {
        await _lease.AcquireAsync(Patience.Token);
        _server.Delete("leases", "ns", "lead");
        _ = _lease.HoldAsync(_stop.Token);
        for (var i = 0; i < 2; i++)
        {
            _clock.Advance(await _clock.NextDelayAsync(2 * Second, 2 * Second, Patience.Token));
        }

        await _clock.NextDelayAsync(2 * Second, 2 * Second, Patience.Token);
        Assert.Equal("me", (string?)_server.Get("leases", "ns", "lead")["spec"]!["holderIdentity"]);
    }

    [Fact]
    public async Task A_renewal_leaves_anothers_marks_on_the_object_alone()
    {
        Put("", labels: new JsonObject { ["kept"] = "yes" });
        await _lease.AcquireAsync(Patience.Token);
        Assert.Equal("yes", (string?)_server.Get("leases", "ns", "lead")["metadata"]!["labels"]!["kept"]);
    }

    [Fact]
    public async Task A_lease_that_another_took_meanwhile_is_not_released()
    {
        await _lease.AcquireAsync(Patience.Token);
        _server.Change("leases", "ns", "lead", static lease => lease["spec"]!["holderIdentity"] = "other");
        await _lease.ReleaseAsync(Patience.Token);
        Assert.Equal("other", (string?)_server.Get("leases", "ns", "lead")["spec"]!["holderIdentity"]);
        Assert.False(_lease.IsLeader);
    }

    [Fact]
    public async Task A_release_that_fails_fails_nobody()
    {
        await _lease.AcquireAsync(Patience.Token);
        _server.Fail("patch", "leases", Fault.Reset);
        await _lease.ReleaseAsync(Patience.Token);
        Assert.False(_lease.IsLeader);
    }

    [Fact]
    public async Task A_lost_lease_is_acquired_again_by_the_same_process()
    {
        await _lease.AcquireAsync(Patience.Token);
        _server.Change("leases", "ns", "lead", static lease => lease["spec"]!["holderIdentity"] = "other");
        var hold = _lease.HoldAsync(Patience.Token);
        _clock.Advance(await _clock.NextDelayAsync(2 * Second, 2 * Second, Patience.Token));
        await hold.WaitAsync(Patience.Token);
        Assert.False(_lease.IsLeader);
        _server.Change("leases", "ns", "lead", static lease => lease["spec"]!["holderIdentity"] = "");
        await _lease.AcquireAsync(Patience.Token);
        Assert.True(_lease.IsLeader);
        Assert.Equal("me", (string?)_server.Get("leases", "ns", "lead")["spec"]!["holderIdentity"]);
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("refusing")]
    [InlineData("away")]
    public async Task An_election_goes_on_however_long_the_server_is_of_no_help(string server)
    {
        Assert.Null(_lease.FindStuck());
        var fault = server switch { "silent" => Fault.Silence, "refusing" => Fault.Status(503, "ServiceUnavailable"), _ => Fault.Reset };
        _server.Fail("get", "leases", [.. Enumerable.Repeat(fault, 1000)]);
        _ = _lease.AcquireAsync(_stop.Token);
        for (var i = 0; i < 100; i++)
        {
            // Where nobody answers, the time limit of the try ends it; then the wait before the next one passes.
            if (server == "silent")
            {
                _clock.Advance(await _clock.NextDelayAsync(10.5 * Second, 10.5 * Second, Patience.Token));
            }

            _clock.Advance(await _clock.NextDelayAsync(2 * Second, 5 * Second, Patience.Token));
            Assert.Null(_lease.FindStuck());
        }
    }

    [Fact]
    public async Task An_election_that_stands_still_is_stuck_after_three_renew_deadlines()
    {
        using var random = new StandingRandom();
        using var connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment { Time = _clock, Random = random });
        var lease = new LeaderLease(connection, Key, "me");
        Put("other");
        var acquiring = Task.Run(() => lease.AcquireAsync(_stop.Token));
        await random.Drawn.WaitAsync(Patience.Token);
        _clock.Advance(30 * Second);
        Assert.Null(lease.FindStuck());
        _clock.Advance(Second);
        Assert.Equal("leader election by lease ns/lead: no try to acquire or renew it has begun or ended for 00:00:31", lease.FindStuck());
        await _stop.CancelAsync();
        Assert.Null(lease.FindStuck());
        random.Go();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => acquiring.WaitAsync(Patience.Token));
    }

    private sealed class StandingRandom : Random, IDisposable
    {
        private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ManualResetEventSlim _go = new();

        public Task Drawn => _drawn.Task;

        public void Go() => _go.Set();

        public override double NextDouble()
        {
            _drawn.TrySetResult();
            _go.Wait(Patience.Token);
            return 0;
        }

        public void Dispose() => _go.Dispose();
    }

    private void Put(string? holder, string? renewTime = null, JsonObject? labels = null) => _server.Create("leases", new JsonObject
    {
        ["metadata"] = new JsonObject { ["namespace"] = "ns", ["name"] = "lead", ["labels"] = labels },
        ["spec"] = holder is null ? new JsonObject() : new JsonObject { ["holderIdentity"] = holder, ["leaseDurationSeconds"] = 15, ["renewTime"] = renewTime },
    });

    private async Task PassUntilAsync(Task end)
    {
        while (!end.IsCompleted)
        {
            using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            var next = _clock.NextDelayAsync(2 * Second, 5 * Second, enough.Token);
            if (await Task.WhenAny(end, next) == next)
            {
                _clock.Advance(await next);
            }
        }

        await end;
    }
}
