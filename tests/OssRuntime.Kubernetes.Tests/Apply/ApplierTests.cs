using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Kubernetes.Tests.Apply;

/// <summary>An applier whose store the test fills itself, so that it may lag behind as a watch does.</summary>
public sealed class ApplierTests : IAsyncLifetime
{
    private static readonly ObjectKey Key = new("ns", "a");
    private readonly StepClock _clock = new();
    private FakeApiServer _server = null!;
    private KubernetesConnection _connection = null!;
    private ResourceClient<AppliedWidget> _client = null!;
    private Store<AppliedWidget> _store = null!;
    private WriteBudget _budget = null!;
    private Applier<AppliedWidget> _applier = null!;

    private int Writes => _server.Requests.Count(request => request.IsWrite);

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync(_clock, FakeWidgets.Kind);
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment { Time = _clock });
        _client = new ResourceClient<AppliedWidget>(_connection, Widget.ResourceKind, WidgetJsonContext.Default.AppliedWidget);
        _store = new Informer<AppliedWidget>(_client).Store;
        _budget = new WriteBudget(_connection.Environment);
        _applier = new Applier<AppliedWidget>(_client, _store, _budget);
    }

    public async ValueTask DisposeAsync()
    {
        _applier.Dispose();
        _budget.Dispose();
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_same_again_is_not_sent_even_before_the_store_has_caught_up()
    {
        Assert.Equal(ApplyOutcome.Written, await ApplyAsync(1));
        Assert.Equal(ApplyOutcome.Unchanged, await ApplyAsync(1));
        Assert.Equal(ApplyOutcome.Written, await StatusAsync("Good"));
        Assert.Equal(ApplyOutcome.Unchanged, await StatusAsync("Good"));
        Assert.Equal(2, Writes);
    }

    [Fact]
    public async Task A_store_that_is_behind_does_not_hide_what_was_written_meanwhile()
    {
        await ApplyAsync(1);
        await CatchUpAsync();
        Assert.Equal(ApplyOutcome.Written, await ApplyAsync(2));
        // The store still shows 1: to go back to 1 is a change all the same.
        Assert.Equal(ApplyOutcome.Written, await ApplyAsync(1));
        Assert.Equal(1, (int)_server.Get("widgets", "ns", "a")["spec"]!["size"]!);
    }

    [Fact]
    public async Task An_older_state_that_arrives_late_causes_no_second_write()
    {
        await ApplyAsync(1);
        var first = await _client.GetAsync(Key, Patience.Token);
        await StatusAsync("Good");
        _store.Upsert(first);
        Assert.Equal(ApplyOutcome.Unchanged, await StatusAsync("Good"));
        Assert.Equal(2, Writes);
    }

    [Fact]
    public async Task What_somebody_overwrote_is_written_again()
    {
        await ApplyAsync(1);
        await CatchUpAsync();
        _server.Change("widgets", "ns", "a", static widget => widget["metadata"]!["annotations"] = null);
        await CatchUpAsync();
        Assert.Equal(ApplyOutcome.Written, await ApplyAsync(1));
    }

    [Fact]
    public async Task A_deletion_that_is_seen_before_the_answer_counts()
    {
        await ApplyAsync(1);
        var item = await _client.GetAsync(Key, Patience.Token);
        _store.Upsert(item);
        _server.Delete("widgets", "ns", "a");
        _store.Remove(Key);
        Assert.Equal(ApplyOutcome.Written, await ApplyAsync(1));
    }

    [Fact]
    public async Task What_was_found_to_be_too_large_is_not_sent_again_unchanged()
    {
        _server.MaximumObjectBytes = 1000;
        var large = new string('x', 2000);
        Assert.Equal(ApplyOutcome.TooLarge, await ApplyAsync(1, large));
        Assert.Equal(ApplyOutcome.TooLarge, await ApplyAsync(1, large));
        Assert.Equal(1, Writes);
        Assert.Equal(ApplyOutcome.Written, await ApplyAsync(1, "cut"));
        Assert.Equal(ApplyOutcome.TooLarge, await ApplyAsync(1, large));
        Assert.Equal(3, Writes);
    }

    [Fact]
    public async Task An_apply_that_is_too_large_leaves_the_object_as_it_was()
    {
        await ApplyAsync(1, "small");
        _server.MaximumObjectBytes = 1000;
        await ApplyAsync(2, new string('x', 2000));
        Assert.Equal("small", (string?)_server.Get("widgets", "ns", "a")["spec"]!["colour"]);
        Assert.Equal(ApplyOutcome.Unchanged, await ApplyAfterCatchUp(1, "small"));
    }

    [Fact]
    public async Task Retry_After_stops_all_writers_for_that_time()
    {
        _server.Fail("apply", "widgets", Fault.Status(429, "TooManyRequests", retryAfter: 7));
        var applying = ApplyAsync(1);
        await _clock.NextDelayAsync(TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7), Patience.Token);
        var other = _budget.AcquireAsync(Patience.Token);
        _clock.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(other.IsCompleted);
        Assert.Equal(1, Writes);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(ApplyOutcome.Written, await applying);
        await other;
        Assert.Equal(2, Writes);
    }

    [Fact]
    public async Task A_server_that_stays_busy_fails_the_apply_and_says_how_long_to_wait()
    {
        _server.Fail("apply", "widgets", [.. Enumerable.Repeat(Fault.Status(429, "TooManyRequests", retryAfter: 2), 3)]);
        var applying = ApplyAsync(1);
        for (var i = 0; i < 2; i++)
        {
            _clock.Advance(await _clock.NextDelayAsync(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2), Patience.Token));
        }

        var exception = await Assert.ThrowsAsync<ApiException>(() => applying);
        Assert.Equal(TimeSpan.FromSeconds(2), exception.RetryAfter);
    }

    [Fact]
    public async Task A_failed_apply_is_sent_again()
    {
        _server.Fail("apply", "widgets", Fault.Reset, Fault.Status(500, "InternalError"), Fault.Status(409, "Conflict"));
        await Assert.ThrowsAsync<HttpRequestException>(() => ApplyAsync(1));
        await Assert.ThrowsAsync<ApiException>(() => ApplyAsync(1));
        await Assert.ThrowsAsync<ApiException>(() => ApplyAsync(1));
        Assert.Equal(ApplyOutcome.Written, await ApplyAsync(1));
    }

    [Fact]
    public async Task The_request_names_the_manager_and_carries_nothing_that_is_the_servers()
    {
        await _applier.ApplyAsync(
            new Desired<Widget>(Key, new Widget { Metadata = new ObjectMeta { Name = "ignored", ResourceVersion = "7" }, Spec = new WidgetSpec { Size = 1 } })
            {
                Labels = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" },
                Owners = [new OwnerReference { ApiVersion = "v1", Kind = "Pod", Name = "p", Uid = "u", Controller = true }],
            },
            WidgetJsonContext.Default.Widget,
            Patience.Token);
        var request = _server.Requests[^1];
        Assert.Equal(("ossruntime", "true"), (request.Parameter("fieldManager"), request.Parameter("force")));
        Assert.Equal($"{KubernetesConnection.UserAgent}", request.Headers["User-Agent"].ToString());
        var body = JsonNode.Parse(request.Body)!.AsObject();
        Assert.Equal(["apiVersion", "kind", "metadata", "spec"], body.Select(member => member.Key));
        Assert.Equal(["name", "namespace", "labels", "annotations", "ownerReferences"], body["metadata"]!.AsObject().Select(member => member.Key));
        Assert.Equal(["a", "b"], body["metadata"]!["labels"]!.AsObject().Select(member => member.Key));
    }

    [Fact]
    public async Task Every_part_of_the_wish_is_under_the_hash()
    {
        var plain = new Desired<Widget>(Key, new Widget { Spec = new WidgetSpec { Size = 1 } });
        Desired<Widget>[] wishes =
        [
            plain,
            plain with { Body = new Widget { Spec = new WidgetSpec { Size = 2 } } },
            plain with { Labels = new Dictionary<string, string> { ["a"] = "1" } },
            plain with { Annotations = new Dictionary<string, string> { ["a"] = "1" } },
            plain with { Owners = [new OwnerReference { Uid = "u" }] },
        ];
        foreach (var wish in wishes)
        {
            Assert.Equal(ApplyOutcome.Written, (await _applier.ApplyAsync(wish, WidgetJsonContext.Default.Widget, Patience.Token)).Outcome);
        }

        var hashes = _server.Requests.Select(request => (string?)JsonNode.Parse(request.Body)!["metadata"]!["annotations"]!["ossruntime.io/content-hash"]);
        Assert.Equal(wishes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public async Task A_deletion_is_of_the_object_that_was_seen_and_of_no_other()
    {
        await ApplyAsync(1);
        await CatchUpAsync();
        _server.Delete("widgets", "ns", "a");
        _server.Create("widgets", FakeWidgets.Make("ns", "a", 9));
        Assert.True((await Assert.ThrowsAsync<ApiException>(() => _applier.DeleteAsync(Key, Patience.Token))).IsConflict);
        await CatchUpAsync();
        Assert.True(await _applier.DeleteAsync(Key, Patience.Token));
        Assert.False(await _applier.DeleteAsync(new ObjectKey("ns", "unknown"), Patience.Token));
    }

    private async Task CatchUpAsync() => _store.Upsert(await _client.GetAsync(Key, Patience.Token));

    private async Task<ApplyOutcome> ApplyAfterCatchUp(int size, string? colour)
    {
        await CatchUpAsync();
        return await ApplyAsync(size, colour);
    }

    private async Task<ApplyOutcome> ApplyAsync(int size, string? colour = null) => (await _applier.ApplyAsync(
        new Desired<Widget>(Key, new Widget { Spec = new WidgetSpec { Size = size, Colour = colour } }), WidgetJsonContext.Default.Widget, Patience.Token)).Outcome;

    private async Task<ApplyOutcome> StatusAsync(string phase) => (await _applier.ApplyStatusAsync(
        Key, new WidgetStatus { Phase = phase }, WidgetJsonContext.Default.WidgetStatus, Patience.Token)).Outcome;
}
