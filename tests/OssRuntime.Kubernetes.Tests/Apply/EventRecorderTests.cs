using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Kubernetes.Tests.Apply;

public sealed class EventRecorderTests : IAsyncLifetime
{
    private static readonly EventSubject Subject = new("v1", "Pod", new ObjectKey("ns", "p"), "u1");
    private readonly StepClock _clock = new();
    private readonly CancellationTokenSource _stop = new();
    private FakeApiServer _server = null!;
    private KubernetesConnection _connection = null!;
    private WriteBudget _budget = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync(_clock, new FakeKind("events.k8s.io", "v1", "events", "Event", Namespaced: true));
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment { Time = _clock });
        _budget = new WriteBudget(_connection.Environment, perSecond: 20, burst: 1000);
    }

    public async ValueTask DisposeAsync()
    {
        _budget.Dispose();
        _connection.Dispose();
        _stop.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_same_again_is_a_count()
    {
        await RecordAsync(recorder =>
        {
            for (var i = 0; i < 5; i++)
            {
                recorder.Record(Subject, EventType.Normal, "Found", "something");
            }
        });
        Assert.Equal(["create", "patch", "patch", "patch", "patch"], _server.Requests.Select(request => request.Verb));
        Assert.Equal(5, (int)JsonNode.Parse(_server.Requests[^1].Body)!["series"]!["count"]!);
    }

    [Fact]
    public async Task An_event_that_has_expired_starts_anew()
    {
        _server.Fail("patch", "events", Fault.Status(404, "NotFound"));
        await RecordAsync(recorder =>
        {
            recorder.Record(Subject, EventType.Normal, "Found", "something");
            recorder.Record(Subject, EventType.Normal, "Found", "something");
        });
        Assert.Equal(["create", "patch", "create"], _server.Requests.Select(request => request.Verb));
    }

    [Fact]
    public async Task Many_notes_of_one_reason_are_combined_after_ten()
    {
        await RecordAsync(recorder =>
        {
            for (var i = 0; i < 15; i++)
            {
                recorder.Record(Subject, EventType.Normal, "Found", $"number {i}");
            }
        });
        var created = _server.Requests.Where(request => request.Verb == "create").Select(request => (string)JsonNode.Parse(request.Body)!["note"]!).ToArray();
        Assert.Equal(11, created.Length);
        Assert.Equal("(combined from similar events) number 10", created[^1]);
        Assert.Equal(4, _server.Requests.Count(request => request.Verb == "patch"));
    }

    [Fact]
    public async Task An_object_gets_25_events_and_then_one_in_five_minutes()
    {
        await RecordAsync(recorder =>
        {
            for (var i = 0; i < 100; i++)
            {
                recorder.Record(Subject, EventType.Normal, $"Reason{i}", "something");
            }

            recorder.Record(Subject with { Uid = "u2" }, EventType.Normal, "Found", "another object");
            _clock.Advance(TimeSpan.FromMinutes(5));
            recorder.Record(Subject, EventType.Normal, "Later", "something");
            recorder.Record(Subject, EventType.Normal, "AtOnce", "something");
        });
        var reasons = _server.Requests.Select(request => (string)JsonNode.Parse(request.Body)!["reason"]!).ToArray();
        Assert.Equal(27, reasons.Length);
        Assert.Equal(["Found", "Later"], reasons[^2..]);
    }

    [Fact]
    public void What_does_not_fit_is_dropped_without_waiting()
    {
        using var meter = new MeasuredMetrics(_connection.Environment.Metrics);
        var recorder = new EventRecorder(_connection, _budget, new EventRecorderOptions { Capacity = 3 });
        for (var i = 0; i < 10; i++)
        {
            recorder.Record(Subject, EventType.Normal, "Found", "something");
        }

        Assert.Equal(7, meter.Sum("event_recorder_events_total", ("outcome", "dropped")));
    }

    [Fact]
    public async Task A_server_that_refuses_events_fails_nobody()
    {
        _server.Fail("create", "events", Fault.Status(403, "Forbidden"), Fault.Reset, Fault.Body("<html>", 502));
        await RecordAsync(recorder =>
        {
            for (var i = 0; i < 4; i++)
            {
                recorder.Record(Subject, EventType.Normal, $"Reason{i}", "something");
            }
        });
        Assert.Equal("Reason3", (string?)JsonNode.Parse(_server.Requests[^1].Body)!["reason"]);
    }

    [Fact]
    public async Task What_is_too_long_is_cut_between_characters()
    {
        await RecordAsync(recorder => recorder.Record(
            new EventSubject("v1", "Node", new ObjectKey(null, new string('n', 253)), ""), EventType.Warning, new string('R', 200), string.Concat(Enumerable.Repeat("😀", 400))));
        var body = JsonNode.Parse(_server.Requests[^1].Body)!;
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount((string)body["note"]!), 1000, 1024);
        Assert.DoesNotContain('\uFFFD', (string)body["note"]!);
        Assert.InRange(((string)body["reason"]!).Length, 100, 128);
        Assert.InRange(((string)body["metadata"]!["name"]!).Length, 200, 253);
        Assert.Equal("default", _server.Requests[^1].Namespace);
    }

    [Fact]
    public async Task An_older_server_gets_events_on_cluster_scoped_objects_where_it_takes_them()
    {
        _server.Fail("create", "events", Fault.Status(422, "Invalid", "involvedObject.namespace: does not match event.namespace"));
        var node = new EventSubject("v1", "Node", new ObjectKey(null, "n"), "");
        await RecordAsync(recorder =>
        {
            recorder.Record(node, EventType.Warning, "First", "one");
            recorder.Record(node, EventType.Warning, "Second", "two");
        });
        Assert.Equal(["default", "kube-system", "kube-system"], _server.Requests.Select(request => request.Namespace));
    }

    [Fact]
    public async Task A_server_that_hangs_at_the_end_of_the_process_does_not_hold_it()
    {
        _server.Fail("create", "events", Fault.Silence);
        var recorder = new EventRecorder(_connection, _budget);
        recorder.Record(Subject, EventType.Normal, "Found", "something");
        recorder.Record(Subject, EventType.Normal, "Other", "something");
        var run = recorder.RunAsync(_stop.Token);
        await _server.WhenAsync(server => server.Requests.Count == 1, Patience.Token);
        await _stop.CancelAsync();
        Assert.False(run.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await run.WaitAsync(Patience.Token);
    }

    private async Task RecordAsync(Action<EventRecorder> record)
    {
        var recorder = new EventRecorder(_connection, _budget);
        record(recorder);
        var run = recorder.RunAsync(_stop.Token);
        await _stop.CancelAsync();
        await run.WaitAsync(Patience.Token);
    }
}
