using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Kubernetes.Tests.Informers;

/// <summary>What a healthy server never does. Time moves only when a test moves it.</summary>
public sealed class ReflectorTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _stop = new();
    private readonly StepClock _clock = new();
    private readonly ControllerMetrics _metrics = new();
    private readonly List<string> _changes = [];
    private FakeApiServer _server = null!;
    private KubernetesConnection _connection = null!;
    private Informer<Widget> _informer = null!;
    private Task _run = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync(_clock, FakeWidgets.Kind, new FakeKind("", "v1", "gadgets", "Gadget", Namespaced: false));
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment { Time = _clock, Random = new Random(1), Metrics = _metrics });
        _informer = new Informer<Widget>(new ResourceClient<Widget>(_connection, Widget.ResourceKind, WidgetJsonContext.Default.Widget));
        _informer.Store.Subscribe(change =>
        {
            lock (_changes)
            {
                _changes.Add($"{change.Key.Name}: {change.Old?.Spec?.Size.ToString() ?? "none"} > {change.New?.Spec?.Size.ToString() ?? "none"}");
            }
        });
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _connection.Dispose();
        _metrics.Dispose();
        await _server.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task A_watch_that_ends_in_good_order_goes_on_at_the_last_version_without_a_list()
    {
        Create("a", 1);
        var watch = await StartedAsync();
        Create("b", 2);
        await Seen("b: none > 2");
        var version = _server.Version;
        Close(watch);
        var next = await _server.WatchAsync("widgets", 2, Patience.Token);
        Assert.Equal($"{version}", next.Request.Parameter("resourceVersion"));
        Assert.Equal(1, Count("list"));
    }

    [Fact]
    public async Task A_bookmark_moves_the_version_and_puts_nothing_into_the_store()
    {
        Create("a", 1);
        var watch = await StartedAsync();
        _server.Create("gadgets", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "other" } });
        watch.Bookmark();
        Close(watch);
        var next = await _server.WatchAsync("widgets", 2, Patience.Token);
        Assert.Equal($"{_server.Version}", next.Request.Parameter("resourceVersion"));
        Assert.Equal(1, _informer.Store.Count);
    }

    [Fact]
    public async Task A_broken_connection_is_taken_up_again_where_it_broke()
    {
        Create("a", 1);
        var watch = await StartedAsync();
        watch.Reset();
        await PassBackoffAsync();
        await _server.WatchAsync("widgets", 2, Patience.Token);
        Create("b", 2);
        await Seen("b: none > 2");
        Assert.Equal(1, Count("list"));
    }

    [Fact]
    public async Task What_was_deleted_while_the_history_was_lost_is_found_out_by_a_list()
    {
        Create("a", 1);
        Create("b", 2);
        var watch = await StartedAsync();
        var seen = watch.Request.Parameter("resourceVersion");
        _server.Fail("watch", "widgets", Fault.Reset);
        watch.Reset();
        await PassBackoffAsync();
        _server.Delete("widgets", "ns", "a");
        _server.Change("widgets", "ns", "b", static widget => widget["spec"]!["size"] = 5);
        _server.Compact();
        await PassBackoffAsync();
        await PassBackoffAsync();
        await Seen("a: 1 > none", "b: 2 > 5");
        Assert.Equal(seen, _server.Requests.Last(request => request.Verb == "list").Parameter("resourceVersion"));
    }

    [Fact]
    public async Task A_410_as_a_status_is_the_same_as_one_in_the_stream()
    {
        Create("a", 1);
        var watch = await StartedAsync();
        _server.Fail("watch", "widgets", Fault.Status(410, "Expired"));
        Close(watch);
        await PassBackoffAsync();
        await _server.WatchAsync("widgets", 3, Patience.Token);
        Assert.Equal(2, Count("list"));
    }

    [Theory]
    [InlineData(410, "Expired", null)]
    [InlineData(504, "Timeout", "ResourceVersionTooLarge")]
    public async Task A_list_at_a_version_that_is_not_to_be_had_is_made_for_the_newest_state(int code, string reason, string? cause)
    {
        Create("a", 1);
        var watch = await StartedAsync();
        _server.Fail("watch", "widgets", Fault.Status(410, "Expired"));
        _server.Fail("list", "widgets", Fault.Status(code, reason, cause: cause));
        Close(watch);
        await PassBackoffAsync();
        await _server.WatchAsync("widgets", 3, Patience.Token);
        var lists = _server.Requests.Where(request => request.Verb == "list").ToArray();
        Assert.Equal(3, lists.Length);
        Assert.NotNull(lists[1].Parameter("resourceVersion"));
        Assert.Null(lists[2].Parameter("resourceVersion"));
        Assert.Equal("500", lists[2].Parameter("limit"));
    }

    [Fact]
    public async Task A_list_that_fails_after_a_410_is_tried_until_it_succeeds()
    {
        Create("a", 1);
        var watch = await StartedAsync();
        _server.Fail("watch", "widgets", Fault.Status(410, "Expired"));
        _server.Fail("list", "widgets", Fault.Reset, Fault.Status(500, "InternalError"), Fault.Body("<html>"), Fault.CutAfter("{\"items\":["));
        Close(watch);
        Create("b", 2);
        var waits = new List<double>();
        for (var i = 0; i < 5; i++)
        {
            waits.Add((await PassBackoffAsync()).TotalSeconds);
        }

        await Seen("b: none > 2");
        Assert.Equal(6, Count("list"));
        var shortest = 0.8;
        foreach (var wait in waits)
        {
            Assert.InRange(wait, shortest, 2 * shortest);
            shortest *= 2;
        }
    }

    [Fact]
    public async Task Nothing_changes_before_the_last_page_and_a_410_between_pages_starts_the_list_over()
    {
        for (var i = 0; i < 600; i++)
        {
            Create($"w{i:d3}", i);
        }

        _server.Fail("list", "widgets", Fault.None, Fault.Status(410, "Expired"));
        await StartedAsync();
        var lists = _server.Requests.Where(request => request.Verb == "list").ToArray();
        Assert.Equal(4, lists.Length);
        Assert.Equal("0", lists[0].Parameter("resourceVersion"));
        Assert.NotNull(lists[1].Parameter("continue"));
        Assert.Null(lists[1].Parameter("resourceVersion"));
        Assert.Null(lists[2].Parameter("continue"));
        Assert.Null(lists[2].Parameter("resourceVersion"));
        Assert.NotNull(lists[3].Parameter("continue"));
        Assert.Equal(600, _informer.Store.Count);
        Assert.Equal(600, _changes.Count);
    }

    [Fact]
    public async Task Retry_After_is_honoured_and_the_version_kept()
    {
        Create("a", 1);
        var watch = await StartedAsync();
        _server.Fail("watch", "widgets", Fault.Status(429, "TooManyRequests", retryAfter: 17));
        Close(watch);
        var wait = await _clock.NextDelayAsync(17 * Second, 18 * Second, Patience.Token);
        _clock.Advance(16 * Second);
        Assert.Equal(2, Count("watch"));
        _clock.Advance(wait - (16 * Second));
        await _server.WatchAsync("widgets", 3, Patience.Token);
        Assert.Equal(1, Count("list"));
    }

    [Fact]
    public async Task Retry_After_is_honoured_for_the_first_list_too()
    {
        Create("a", 1);
        _server.Fail("list", "widgets", Fault.Status(429, "TooManyRequests", retryAfter: 9));
        _run = _informer.RunAsync(_stop.Token);
        _clock.Advance(await _clock.NextDelayAsync(9 * Second, 10 * Second, Patience.Token));
        await _informer.Synced.WaitAsync(Patience.Token);
    }

    [Fact]
    public async Task A_silent_connection_is_given_up_a_minute_after_the_server_should_have_closed_it()
    {
        Create("a", 1);
        var watch = await StartedAsync();
        watch.Mute();
        _clock.Advance(TimeSpan.FromSeconds(int.Parse(watch.Request.Parameter("timeoutSeconds")!)));
        Assert.Equal(1, Count("watch"));
        _clock.Advance(TimeSpan.FromMinutes(1) + Second);
        await PassBackoffAsync();
        await _server.WatchAsync("widgets", 2, Patience.Token);
        Assert.Equal(1, Count("list"));
    }

    [Fact]
    public async Task Where_bookmarks_flow_three_silent_minutes_are_enough()
    {
        Create("a", 1);
        var watch = await StartedAsync();
        watch.Bookmark();
        await _clock.NextDelayAsync(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3), Patience.Token);
        watch.Mute();
        _clock.Advance(TimeSpan.FromMinutes(3) - Second);
        Assert.Equal(1, Count("watch"));
        _clock.Advance(Second);
        await PassBackoffAsync();
        await _server.WatchAsync("widgets", 2, Patience.Token);
    }

    [Fact]
    public async Task A_watch_that_ends_at_once_without_a_word_is_not_believed()
    {
        Create("a", 1);
        var watch = await StartedAsync();
        _server.Fail("watch", "widgets", Fault.Body(""));
        watch.Send("\n");
        Close(watch);
        await PassBackoffAsync();
        await _server.WatchAsync("widgets", 3, Patience.Token);
        Assert.Equal(2, Count("list"));
    }

    [Theory]
    [InlineData("this is no JSON\n")]
    [InlineData("[]\n")]
    [InlineData("{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"name\":7},\"spec\":{\"size\":\"huge\"}}}\n")]
    [InlineData("{\"type\":\"EXPLODED\",\"object\":{}}\n")]
    [InlineData("{\"type\":\"BOOKMARK\",\"object\":{}}\n")]
    [InlineData("{\"type\":\"MODIFIED\",\"object\":null}\n")]
    [InlineData("{\"type\":\"MODIFIED\"}\n")]
    public async Task An_event_of_which_nobody_knows_what_it_is_about_is_not_skipped_but_listed_over(string line)
    {
        Create("a", 1);
        var watch = await StartedAsync();
        watch.Send(line);
        await PassBackoffAsync();
        await _server.WatchAsync("widgets", 2, Patience.Token);
        Assert.Equal(2, Count("list"));
        Assert.Equal(1, _informer.Store.Count);
    }

    [Theory]
    [InlineData("huge")]
    [InlineData("large")]
    [InlineData("deep")]
    public async Task An_object_that_cannot_be_read_costs_itself_and_is_named(string how)
    {
        var content = how switch
        {
            "huge" => "\"spec\":{\"size\":\"huge\"}",
            "large" => $"\"spec\":{{\"text\":\"{string.Concat(Enumerable.Repeat("\\u003c", 4_000_000))}\"}}",
            _ => $"\"spec\":{{\"size\":{string.Concat(Enumerable.Repeat("[", 5_000))}{string.Concat(Enumerable.Repeat("]", 5_000))}}}",
        };
        Create("a", 1);
        Create("b", 2);
        var watch = await StartedAsync();
        Send("MODIFIED", "a", 7001, content);
        Send("MODIFIED", "b", 7002, "\"spec\":{\"size\":3}");
        await Seen("b: 2 > 3");
        Assert.Equal(1, _informer.Store.Get(new ObjectKey("ns", "a"))!.Spec!.Size);
        Assert.Equal(["widgets ns a"], Unread());
        Assert.Null(_informer.Behind);

        Send("MODIFIED", "a", 7003, "\"spec\":{\"size\":4}");
        await Seen("a: 1 > 4");
        Assert.Empty(Unread());
        Send("MODIFIED", "a", 7004, content);
        Send("DELETED", "a", 7005, content);
        await Seen("a: 4 > none");
        Assert.Empty(Unread());
        Assert.Equal((1, 1), (Count("list"), Count("watch")));

        void Send(string type, string name, int version, string rest) =>
            watch.Send($"{{\"type\":\"{type}\",\"object\":{{\"metadata\":{{\"namespace\":\"ns\",\"name\":\"{name}\",\"uid\":\"{_server.Get("widgets", "ns", name)["metadata"]!["uid"]}\",\"resourceVersion\":\"{version}\"}},{rest}}}}}\n");
    }

    [Fact]
    public async Task A_start_with_an_object_that_is_too_large_comes_up_with_the_others()
    {
        var text = string.Concat(Enumerable.Repeat("\\u003c", 4_000_000));
        _server.Fail("list", "widgets", Fault.Body(
            $$"""{"metadata":{"resourceVersion":"{{_server.Version}}"},"items":[{"metadata":{"namespace":"ns","name":"a"},"spec":{"size":1} },{"spec":{"text":"{{text}}"},"metadata":{"namespace":"ns","name":"large"} } , {"metadata":{"namespace":"ns","name":"c"},"spec":{"size":3} }]}"""));
        await StartedAsync();
        Assert.Equal(["a", "c"], _informer.Store.Snapshot().Select(widget => widget.Key.Name).Order());
        Assert.Equal(["widgets ns large"], Unread());
    }

    [Fact]
    public async Task A_store_that_no_longer_follows_says_for_how_long()
    {
        Create("a", 1);
        var watch = await StartedAsync();
        Assert.Null(_informer.Behind);
        _server.Fail("watch", "widgets", [.. Enumerable.Repeat(Fault.Status(503, "ServiceUnavailable"), 4)]);
        Close(watch);
        for (var i = 0; i < 4; i++)
        {
            await PassBackoffAsync();
        }

        await _server.WatchAsync("widgets", 6, Patience.Token);
        Create("b", 2);
        await Seen("b: none > 2");
        Assert.Null(_informer.Behind);
    }

    [Fact]
    public async Task An_endless_line_ends_the_watch_and_not_the_process()
    {
        Create("a", 1);
        var watch = await StartedAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var chunk = new string('x', 1024 * 1024);
        for (var i = 0; i < 40; i++)
        {
            watch.Send(chunk);
        }

        watch.Send("\n");
        await PassBackoffAsync();
        await _server.WatchAsync("widgets", 2, Patience.Token);
        Assert.Equal(2, Count("list"));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 40L * 1024 * 1024);
    }

    [Fact]
    public async Task An_event_that_breaks_off_is_taken_up_again()
    {
        Create("a", 1);
        var watch = await StartedAsync();
        watch.Send("{\"type\":\"ADDED\",\"obj");
        watch.Close();
        await PassBackoffAsync();
        await _server.WatchAsync("widgets", 2, Patience.Token);
        Assert.Equal(1, Count("list"));
    }

    [Fact]
    public async Task An_object_in_a_list_that_cannot_be_read_hides_no_other_and_stays_as_it_was_known()
    {
        Create("a", 1);
        Create("b", 2);
        var watch = await StartedAsync();
        _server.Fail("watch", "widgets", Fault.Status(410, "Expired"));
        _server.Fail("list", "widgets", Fault.Body(
            """{"metadata":{"resourceVersion":"5000"},"items":[{"metadata":{"namespace":"ns","name":"a"},"spec":{"size":"huge"}},null,{"metadata":{"namespace":"ns","name":"c"},"spec":{"size":3}}]}"""));
        Close(watch);
        await PassBackoffAsync();
        await Seen("c: none > 3", "b: 2 > none");
        Assert.Equal(1, _informer.Store.Get(new ObjectKey("ns", "a"))!.Spec!.Size);
    }

    [Fact]
    public async Task Watches_are_spread_over_five_to_ten_minutes_and_ask_for_bookmarks()
    {
        var watch = await StartedAsync();
        for (var i = 2; i < 8; i++)
        {
            watch.Bookmark();
            Close(watch);
            watch = await _server.WatchAsync("widgets", i, Patience.Token);
        }

        var watches = _server.Requests.Where(request => request.Verb == "watch").ToArray();
        Assert.All(watches, request => Assert.InRange(int.Parse(request.Parameter("timeoutSeconds")!), 300, 600));
        Assert.All(watches, request => Assert.Equal("true", request.Parameter("allowWatchBookmarks")));
        Assert.True(watches.Select(request => request.Parameter("timeoutSeconds")).Distinct().Count() > 3);
    }

    [Fact]
    public async Task A_server_that_is_not_there_yet_is_waited_for()
    {
        Create("a", 1);
        _server.Fail("list", "widgets", Fault.Reset, Fault.Reset);
        _run = _informer.RunAsync(_stop.Token);
        await PassBackoffAsync();
        await PassBackoffAsync();
        await _informer.Synced.WaitAsync(Patience.Token);
    }

    private List<string> Unread()
    {
        var found = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Name == "reflector_unread_object" && _metrics.Owns(instrument))
                {
                    own.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, _, tags, _) => found.Add($"{((string)tags[0].Value!).Split('/')[^1].Split('.')[0]} {tags[1].Value} {tags[2].Value}"));
        listener.Start();
        listener.RecordObservableInstruments();
        return found;
    }

    private void Create(string name, int size) => _server.Create("widgets", FakeWidgets.Make("ns", name, size));

    // A watch that ends sooner is not believed.
    private void Close(FakeWatch watch)
    {
        _clock.Advance(2 * Second);
        watch.Close();
    }

    private int Count(string verb) => _server.Requests.Count(request => request.Verb == verb);

    private async Task<FakeWatch> StartedAsync()
    {
        _run = _informer.RunAsync(_stop.Token);
        await _informer.Synced.WaitAsync(Patience.Token);
        return await _server.WatchAsync("widgets", 1, Patience.Token);
    }

    private async Task<TimeSpan> PassBackoffAsync()
    {
        var wait = await _clock.NextDelayAsync(0.8 * Second, 60 * Second, Patience.Token);
        _clock.Advance(wait);
        return wait;
    }

    private async Task Seen(params string[] changes)
    {
        var patience = Patience.Token;
        while (true)
        {
            lock (_changes)
            {
                if (changes.All(_changes.Contains))
                {
                    return;
                }
            }

            patience.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
