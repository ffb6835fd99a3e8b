using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.LeaderElection;
using OssRuntime.Kubernetes.WorkQueues;

namespace OssRuntime.Kubernetes.Tests.Contract;

/// <summary>What the runtime and an API server make of each other. Runs against the fake and against a real one.</summary>
public abstract class ServerContract(IServerUnderTest server) : IAsyncLifetime
{
    private static readonly TimeSpan WatchTime = TimeSpan.FromMinutes(5);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _runs = [];
    private readonly List<IDisposable> _owned = [];
    private string _namespace = null!;
    private KubernetesConnection _connection = null!;
    private ResourceClient<Widget> _widgets = null!;

    private ResourceScope Here => new() { Namespace = _namespace };

    public async ValueTask InitializeAsync()
    {
        _namespace = await server.CreateNamespaceAsync();
        _connection = server.Connect();
        _widgets = new ResourceClient<Widget>(_connection, Widget.ResourceKind, WidgetJsonContext.Default.Widget);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var run in _runs)
        {
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _owned.ForEach(owned => owned.Dispose());
        _connection.Dispose();
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_created_object_has_an_identity_a_version_and_a_generation()
    {
        var created = await CreateAsync("a", 1);
        Assert.NotEmpty(created.Uid);
        Assert.NotEmpty(created.ResourceVersion);
        Assert.Equal(1, created.Metadata.Generation);
        Assert.Equal(created.Metadata with { Labels = null }, (await _widgets.GetAsync(created.Key, Patience.Token)).Metadata with { Labels = null });
    }

    [Fact]
    public async Task What_is_not_there_is_told_apart_from_what_fails()
    {
        var missing = new ObjectKey(_namespace, "missing");
        Assert.True((await Assert.ThrowsAsync<ApiException>(() => _widgets.GetAsync(missing, Patience.Token))).IsNotFound);
        Assert.Null(await _widgets.FindAsync(missing, Patience.Token));
        Assert.True((await Assert.ThrowsAsync<ApiException>(() => _widgets.DeleteAsync(missing, Patience.Token))).IsNotFound);
        var unserved = new ResourceClient<Widget>(_connection, new ResourceKind("none.ossruntime.io", "v1", "nones", "None", true), WidgetJsonContext.Default.Widget);
        Assert.True((await Assert.ThrowsAsync<ApiException>(() => unserved.ListPageAsync(Here, new ListRequest(), Patience.Token))).IsNotFound);
    }

    [Fact]
    public async Task A_name_can_be_taken_once()
    {
        await CreateAsync("a", 1);
        var exception = await Assert.ThrowsAsync<ApiException>(() => CreateAsync("a", 2));
        Assert.True(exception.IsAlreadyExists);
        Assert.False(exception.IsConflict);
    }

    [Fact]
    public async Task A_list_comes_by_pages_at_one_version()
    {
        foreach (var i in Enumerable.Range(0, 7))
        {
            await CreateAsync($"w{i}", i);
        }

        var names = new List<string>();
        var versions = new HashSet<string>();
        var request = new ListRequest { Limit = 3 };
        do
        {
            var page = await _widgets.ListPageAsync(Here, request, Patience.Token);
            Assert.InRange(page.Items.Count, 1, 3);
            names.AddRange(page.Items.Select(widget => widget.Metadata.Name));
            versions.Add(page.ResourceVersion);
            request = request with { Continue = page.Continue };
        }
        while (request.Continue is not null);

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"w{i}"), names.Order());
        Assert.Single(versions);
    }

    [Fact]
    public async Task A_list_of_any_version_and_one_not_older_than_a_version_are_answered()
    {
        var created = await CreateAsync("a", 1);
        var notOlder = await _widgets.ListPageAsync(Here, new ListRequest { ResourceVersion = created.ResourceVersion }, Patience.Token);
        Assert.Equal("a", Assert.Single(notOlder.Items).Metadata.Name);
        var any = await _widgets.ListPageAsync(Here, new ListRequest { ResourceVersion = "0", Limit = 500 }, Patience.Token);
        Assert.NotEmpty(any.ResourceVersion);
    }

    [Fact]
    public async Task Selectors_choose()
    {
        await CreateAsync("a", 1, ("tier", "web"));
        await CreateAsync("b", 2, ("tier", "db"));
        Assert.Equal(["a"], await Names(Here with { LabelSelector = "tier=web" }));
        Assert.Equal(["b"], await Names(Here with { LabelSelector = "tier!=web" }));
        Assert.Equal(["b"], await Names(Here with { FieldSelector = "metadata.name=b" }));
    }

    [Fact]
    public async Task Metadata_alone_can_be_had_of_every_kind()
    {
        await CreateAsync("a", 1, ("tier", "web"));
        var client = new ResourceClient<PartialObject>(_connection, Widget.ResourceKind, PartialObject.TypeInfo) { MetadataOnly = true };
        Assert.Equal("web", (await client.GetAsync(new ObjectKey(_namespace, "a"), Patience.Token)).Metadata.Label("tier"));
        Assert.Equal("a", Assert.Single((await client.ListPageAsync(Here, new ListRequest(), Patience.Token)).Items).Key.Name);
        var whole = new ResourceClient<Widget>(_connection, Widget.ResourceKind, WidgetJsonContext.Default.Widget) { MetadataOnly = true };
        Assert.Null((await whole.GetAsync(new ObjectKey(_namespace, "a"), Patience.Token)).Spec);
    }

    [Fact]
    public async Task A_watch_shows_what_happens_after_its_version_and_can_be_taken_up_anywhere()
    {
        var before = await CreateAsync("a", 1);
        var changed = await PatchAsync("a", """{"spec":{"size":2}}""");
        await _widgets.DeleteAsync(before.Key, Patience.Token);
        var again = await CreateAsync("a", 3);
        Assert.NotEqual(before.Uid, again.Uid);
        var first = await EventsAsync(before.ResourceVersion, 3);
        Assert.Equal(
            [(WatchEventType.Modified, 2, before.Uid), (WatchEventType.Deleted, 2, before.Uid), (WatchEventType.Added, 3, again.Uid)],
            first.Select(e => (e.Type, e.Object!.Spec!.Size, e.Object.Uid)));
        var resumed = await EventsAsync(changed.ResourceVersion, 2);
        Assert.Equal([WatchEventType.Deleted, WatchEventType.Added], resumed.Select(e => e.Type));
    }

    [Fact]
    public async Task A_watch_with_a_selector_shows_an_object_leave_as_a_deletion()
    {
        var created = await CreateAsync("a", 1, ("tier", "web"));
        await PatchAsync("a", """{"metadata":{"labels":{"tier":"db"}}}""");
        var events = await EventsAsync(created.ResourceVersion, 1, Here with { LabelSelector = "tier=web" });
        Assert.Equal(WatchEventType.Deleted, events[0].Type);
    }

    [Fact]
    public async Task A_watch_from_the_beginning_of_time_is_refused_as_expired_or_answered()
    {
        // A server compacts when it likes; what counts is that the refusal is understood.
        try
        {
            await EventsAsync("1", 0);
        }
        catch (ApiException exception)
        {
            Assert.True(exception.IsExpired, exception.Message);
        }
    }

    [Fact]
    public async Task A_list_at_a_version_of_the_far_future_is_refused_and_understood()
    {
        var exception = await Assert.ThrowsAsync<ApiException>(
            () => _widgets.ListPageAsync(Here, new ListRequest { ResourceVersion = "9000000000" }, Patience.Token));
        Assert.True(exception.IsResourceVersionTooLarge, exception.Message);
    }

    [Fact]
    public async Task A_merge_patch_with_an_old_version_is_a_conflict()
    {
        var created = await CreateAsync("a", 1);
        await PatchAsync("a", """{"spec":{"size":2}}""");
        var exception = await Assert.ThrowsAsync<ApiException>(
            () => PatchAsync("a", $$$"""{"metadata":{"resourceVersion":"{{{created.ResourceVersion}}}"},"spec":{"size":3}}"""));
        Assert.True(exception.IsConflict);
        Assert.False(exception.IsAlreadyExists);
    }

    [Fact]
    public async Task A_replacement_with_an_old_version_is_a_conflict()
    {
        var created = await CreateAsync("a", 1);
        await PatchAsync("a", """{"spec":{"size":2}}""");
        var exception = await Assert.ThrowsAsync<ApiException>(
            () => _widgets.ReplaceAsync(created.Key, created with { Spec = new WidgetSpec { Size = 3 } }, WidgetJsonContext.Default.Widget, Patience.Token));
        Assert.True(exception.IsConflict);
    }

    [Fact]
    public async Task A_deletion_with_another_identity_is_a_conflict_and_deletes_nothing()
    {
        var created = await CreateAsync("a", 1);
        var exception = await Assert.ThrowsAsync<ApiException>(
            () => _widgets.DeleteAsync(created.Key, Patience.Token, new Preconditions { Uid = "11111111-2222-3333-4444-555555555555" }));
        Assert.True(exception.IsConflict);
        await _widgets.DeleteAsync(created.Key, Patience.Token, new Preconditions { Uid = created.Uid });
        Assert.Null(await _widgets.FindAsync(created.Key, Patience.Token));
    }

    [Fact]
    public async Task A_finalizer_holds_a_deletion()
    {
        var created = await CreateAsync("a", 1);
        await PatchAsync("a", """{"metadata":{"finalizers":["ossruntime.io/test"]}}""");
        await _widgets.DeleteAsync(created.Key, Patience.Token);
        Assert.NotNull((await _widgets.GetAsync(created.Key, Patience.Token)).Metadata.DeletionTimestamp);
        await PatchAsync("a", """{"metadata":{"finalizers":null}}""");
        Assert.Null(await _widgets.FindAsync(created.Key, Patience.Token));
    }

    [Fact]
    public async Task An_apply_creates_changes_and_gives_up_fields()
    {
        var options = new ApplyOptions("ossruntime");
        var key = new ObjectKey(_namespace, "a");
        var created = await _widgets.ApplyAsync(key, Body("a", """{"size":1,"colour":"red"}"""), options, Patience.Token);
        Assert.Equal("red", created.Spec!.Colour);
        var changed = await _widgets.ApplyAsync(key, Body("a", """{"size":2}"""), options, Patience.Token);
        Assert.Equal((2, null), (changed.Spec!.Size, changed.Spec.Colour));
        Assert.Equal(2, changed.Metadata.Generation);
    }

    [Fact]
    public async Task Anothers_field_is_a_conflict_unless_forced_and_stays_when_we_never_said_it()
    {
        await CreateAsync("a", 1);
        await PatchAsync("a", """{"spec":{"colour":"blue"}}""");
        var key = new ObjectKey(_namespace, "a");
        var conflict = await Assert.ThrowsAsync<ApiException>(
            () => _widgets.ApplyAsync(key, Body("a", """{"size":5}"""), new ApplyOptions("ossruntime", Force: false), Patience.Token));
        Assert.True(conflict.IsConflict);
        var forced = await _widgets.ApplyAsync(key, Body("a", """{"size":5}"""), new ApplyOptions("ossruntime"), Patience.Token);
        Assert.Equal((5, "blue"), (forced.Spec!.Size, forced.Spec.Colour));
    }

    [Fact]
    public async Task Who_owns_which_field_is_written_down()
    {
        var key = new ObjectKey(_namespace, "a");
        await _widgets.ApplyAsync(key, Body("a", """{"size":5}"""), new ApplyOptions("ossruntime"), Patience.Token);
        await _widgets.ApplyStatusAsync(key, Status("a", "Good"), new ApplyOptions("ossruntime-status"), Patience.Token);
        using var answer = await _connection.SendAsync(HttpMethod.Get, Widget.ResourceKind.ObjectPath(key), cancellationToken: Patience.Token);
        var fields = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Patience.Token))!["metadata"]!["managedFields"]!.AsArray()
            .Where(entry => ((string?)entry!["manager"])!.StartsWith("ossruntime", StringComparison.Ordinal) && (string?)entry["operation"] == "Apply")
            .Select(entry => entry!["fieldsV1"]!.AsObject()).ToArray();
        Assert.Contains(fields, owned => owned["f:spec"]?["f:size"] is not null);
        Assert.Contains(fields, owned => owned["f:status"]?["f:phase"] is not null);
    }

    [Fact]
    public async Task Status_and_object_do_not_write_each_other()
    {
        var key = new ObjectKey(_namespace, "a");
        var options = new ApplyOptions("ossruntime");
        await _widgets.ApplyAsync(key, Body("a", """{"size":1}""", """{"phase":"Smuggled"}"""), options, Patience.Token);
        Assert.Null((await _widgets.GetAsync(key, Patience.Token)).Status?.Phase);
        var status = await _widgets.ApplyStatusAsync(key, Status("a", "Good", """{"size":9}"""), options, Patience.Token);
        Assert.Equal((1, "Good", 1L), (status.Spec!.Size, status.Status!.Phase, status.Metadata.Generation));
        var spec = await _widgets.ApplyAsync(key, Body("a", """{"size":2}"""), options, Patience.Token);
        Assert.Equal((2, "Good"), (spec.Spec!.Size, spec.Status!.Phase));
    }

    [Fact]
    public async Task The_status_of_nothing_cannot_be_applied()
    {
        var exception = await Assert.ThrowsAsync<ApiException>(
            () => _widgets.ApplyStatusAsync(new ObjectKey(_namespace, "a"), Status("a", "Good"), new ApplyOptions("ossruntime"), Patience.Token));
        Assert.True(exception.IsNotFound);
    }

    [Fact]
    public async Task An_object_that_is_too_large_is_refused_and_understood()
    {
        foreach (var size in (int[])[server.TooLarge, 2 * 1024 * 1024])
        {
            var body = Body("a", $$$"""{"colour":"{{{new string('x', size)}}}"}""");
            var exception = await Assert.ThrowsAsync<ApiException>(
                () => _widgets.ApplyAsync(new ObjectKey(_namespace, "a"), body, new ApplyOptions("ossruntime"), Patience.Token));
            Assert.True(exception.IsTooLarge, $"{size}: {exception.Message}");
        }
    }

    [Fact]
    public async Task Discovery_finds_kinds_and_misses_what_is_not_there()
    {
        var discovery = new ApiDiscovery(_connection);
        Assert.Equal(Widget.ResourceKind, await discovery.FindAsync("contract.ossruntime.io/v1", "Widget", Patience.Token));
        Assert.Equal(Widget.ResourceKind, await discovery.FindPreferredAsync("contract.ossruntime.io", "Widget", Patience.Token));
        Assert.Equal("configmaps", (await discovery.FindAsync("v1", "ConfigMap", Patience.Token))!.Plural);
        Assert.False((await discovery.FindAsync("v1", "Namespace", Patience.Token))!.Namespaced);
        Assert.Null(await discovery.FindAsync("contract.ossruntime.io/v1", "Gadget", Patience.Token));
        Assert.Null(await discovery.FindAsync("none.ossruntime.io/v1", "Widget", Patience.Token));
        Assert.Null(await discovery.FindPreferredAsync("none.ossruntime.io", "Widget", Patience.Token));
        Assert.Null(await discovery.FindAsync("../../v1", "Widget", Patience.Token));
    }

    [Fact]
    public async Task A_question_is_answered_and_not_kept()
    {
        var reviews = new ResourceClient<PartialObject>(
            _connection, new ResourceKind("authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview", false), PartialObject.TypeInfo);
        var question = JsonDocument.Parse(
            """{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":{"resourceAttributes":{"verb":"get","resource":"pods"}}}""").RootElement;
        await reviews.CreateAsync(null, question, ContractJsonContext.Default.JsonElement, Patience.Token);
    }

    [Fact]
    public async Task An_informer_holds_what_the_server_holds()
    {
        await CreateAsync("a", 1);
        var informer = new Informer<Widget>(_widgets, Here);
        Run(informer.RunAsync);
        await informer.Synced.WaitAsync(Patience.Token);
        var b = await CreateAsync("b", 2);
        await PatchAsync("a", """{"spec":{"size":7}}""");
        await Until(informer.Store, store => store.Count == 2 && store.Snapshot().Any(widget => widget.Spec!.Size == 7));
        await _widgets.DeleteAsync(b.Key, Patience.Token);
        await CreateAsync("b", 3);
        await Until(informer.Store, store => store.Snapshot().Any(widget => widget.Spec!.Size == 3));
        Assert.NotEqual(b.Uid, informer.Store.Get(b.Key)!.Uid);
    }

    [Fact]
    public async Task An_applier_sends_nothing_when_nothing_changed_not_even_after_a_restart()
    {
        var (applier, informer) = await ApplierAsync();
        Assert.Equal(ApplyOutcome.Written, await ApplyAsync(applier, 1));
        Assert.Equal(ApplyOutcome.Written, await ApplyStatusAsync(applier, "Good"));
        Assert.Equal(ApplyOutcome.Unchanged, await ApplyAsync(applier, 1));
        Assert.Equal(ApplyOutcome.Unchanged, await ApplyStatusAsync(applier, "Good"));
        await Until(informer.Store, store => store.Snapshot().SingleOrDefault()?.StatusHash is not null);
        var version = informer.Store.Snapshot()[0].ResourceVersion;
        Assert.Equal(ApplyOutcome.Unchanged, await ApplyAsync(applier, 1));
        Assert.Equal(ApplyOutcome.Unchanged, await ApplyStatusAsync(applier, "Good"));

        var (restarted, _) = await ApplierAsync();
        Assert.Equal(ApplyOutcome.Unchanged, await ApplyAsync(restarted, 1));
        Assert.Equal(ApplyOutcome.Unchanged, await ApplyStatusAsync(restarted, "Good"));
        Assert.Equal(version, (await _widgets.GetAsync(new ObjectKey(_namespace, "a"), Patience.Token)).ResourceVersion);
        Assert.Equal(ApplyOutcome.Written, await ApplyAsync(restarted, 2));
        Assert.Equal(ApplyOutcome.Unchanged, await ApplyStatusAsync(restarted, "Good"));
    }

    [Fact]
    public async Task An_applier_gives_up_a_field_also_when_a_status_was_written_in_between()
    {
        var (applier, _) = await ApplierAsync();
        await ApplyAsync(applier, 1, "red");
        await ApplyStatusAsync(applier, "Good");
        await ApplyAsync(applier, 1);
        var left = await _widgets.GetAsync(new ObjectKey(_namespace, "a"), Patience.Token);
        Assert.Equal((null, "Good"), (left.Spec!.Colour, left.Status!.Phase));
    }

    [Fact]
    public async Task An_applier_writes_again_what_somebody_changed()
    {
        var (applier, informer) = await ApplierAsync();
        var written = await applier.ApplyAsync(Make(1, null), WidgetJsonContext.Default.Widget, Patience.Token);
        await applier.ApplyStatusAsync(
            written.Object!.Key, new WidgetStatus { ObservedGeneration = written.Object.Metadata.Generation }, WidgetJsonContext.Default.WidgetStatus, Patience.Token);
        await PatchAsync("a", """{"spec":{"size":99}}""");
        await Until(informer.Store, store => store.Snapshot().SingleOrDefault() is { Drifted: true });
        Assert.Equal(ApplyOutcome.Written, await ApplyAsync(applier, 1));
        Assert.Equal(1, (await _widgets.GetAsync(new ObjectKey(_namespace, "a"), Patience.Token)).Spec!.Size);
    }

    [Fact]
    public async Task An_applier_writes_again_what_somebody_deleted()
    {
        var (applier, informer) = await ApplierAsync();
        await ApplyAsync(applier, 1);
        await Until(informer.Store, store => store.Count == 1);
        await _widgets.DeleteAsync(new ObjectKey(_namespace, "a"), Patience.Token);
        await Until(informer.Store, store => store.Count == 0);
        Assert.Equal(ApplyOutcome.Written, await ApplyAsync(applier, 1));
    }

    [Fact]
    public async Task A_lease_is_acquired_renewed_released_and_taken_over()
    {
        var key = new ObjectKey(_namespace, "lead");
        var options = new LeaderLeaseOptions { RetryPeriod = TimeSpan.FromMilliseconds(50) };
        var first = new LeaderLease(_connection, key, "first", options);
        var second = new LeaderLease(_connection, key, "second", options);
        await first.AcquireAsync(Patience.Token);
        Assert.True(first.IsLeader);
        var waiting = second.AcquireAsync(Patience.Token);
        using var enough = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.HoldAsync(enough.Token));
        Assert.True(first.IsLeader);
        Assert.False(waiting.IsCompleted);
        await first.ReleaseAsync(Patience.Token);
        await waiting;
        Assert.True(second.IsLeader);
        Assert.Equal("second", second.Holder);
    }

    [Fact]
    public async Task A_lease_that_is_stolen_is_lost_at_the_next_renewal()
    {
        var key = new ObjectKey(_namespace, "lead");
        var lease = new LeaderLease(_connection, key, "first", new LeaderLeaseOptions { RetryPeriod = TimeSpan.FromMilliseconds(20) });
        await lease.AcquireAsync(Patience.Token);
        var hold = lease.HoldAsync(Patience.Token);
        var leases = new ResourceClient<PartialObject>(_connection, new ResourceKind("coordination.k8s.io", "v1", "leases", "Lease", true), PartialObject.TypeInfo);
        await leases.PatchAsync(key, """{"spec":{"holderIdentity":"thief"}}"""u8.ToArray(), Patience.Token);
        await hold;
        Assert.False(lease.IsLeader);
        Assert.Equal("thief", lease.Holder);
    }

    [Fact]
    public async Task An_event_is_written_once_and_then_counted()
    {
        var widget = await CreateAsync("a", 1);
        using var budget = new WriteBudget(_connection.Environment);
        var recorder = new EventRecorder(_connection, budget);
        using var stop = new CancellationTokenSource();
        var run = recorder.RunAsync(stop.Token);
        for (var i = 0; i < 3; i++)
        {
            recorder.Record(EventSubject.Of(Widget.ResourceKind, widget), EventType.Warning, "TooSmall", "the widget is too small for its purpose");
        }

        await stop.CancelAsync();
        await run;
        using var answer = await _connection.SendAsync(HttpMethod.Get, $"apis/events.k8s.io/v1/namespaces/{_namespace}/events", cancellationToken: Patience.Token);
        var items = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Patience.Token))!["items"]!.AsArray();
        var written = Assert.Single(items)!;
        Assert.Equal(widget.Uid, (string?)written["regarding"]!["uid"]);
        Assert.Equal(3, (int)written["series"]!["count"]!);
        Assert.Equal("Warning", (string?)written["type"]);
    }

    private void Run(Func<CancellationToken, Task> run) => _runs.Add(run(_stop.Token));

    private Task<Widget> CreateAsync(string name, int size, params (string Name, string Value)[] labels) => _widgets.CreateAsync(
        _namespace,
        new Widget
        {
            Metadata = new ObjectMeta { Namespace = _namespace, Name = name, Labels = labels.Length == 0 ? null : labels.ToDictionary(l => l.Name, l => l.Value) },
            Spec = new WidgetSpec { Size = size },
        },
        WidgetJsonContext.Default.Widget,
        Patience.Token);

    private Task<Widget> PatchAsync(string name, string patch) =>
        _widgets.PatchAsync(new ObjectKey(_namespace, name), System.Text.Encoding.UTF8.GetBytes(patch), Patience.Token);

    private byte[] Body(string name, string spec, string? status = null) => System.Text.Encoding.UTF8.GetBytes(
        $$$"""{"apiVersion":"contract.ossruntime.io/v1","kind":"Widget","metadata":{"name":"{{{name}}}","namespace":"{{{_namespace}}}"},"spec":{{{spec}}},"status":{{{status ?? "{}"}}}}""");

    private byte[] Status(string name, string phase, string? spec = null) => Body(name, spec ?? "{}", $$$"""{"phase":"{{{phase}}}"}""");

    private async Task<IEnumerable<string>> Names(ResourceScope scope) =>
        (await _widgets.ListPageAsync(scope, new ListRequest(), Patience.Token)).Items.Select(widget => widget.Metadata.Name).Order();

    private async Task<List<WatchEvent<Widget>>> EventsAsync(string version, int count, ResourceScope? scope = null)
    {
        var events = new List<WatchEvent<Widget>>();
        var request = new WatchRequest { ResourceVersion = version, Timeout = count == 0 ? TimeSpan.FromSeconds(1) : WatchTime };
        if (count > 0)
        {
            await foreach (var received in _widgets.WatchAsync(scope ?? Here, request, Patience.Token))
            {
                if (received.Type != WatchEventType.Bookmark)
                {
                    events.Add(received);
                }

                if (events.Count == count)
                {
                    break;
                }
            }

            return events;
        }

        using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await foreach (var received in _widgets.WatchAsync(scope ?? Here, request, moment.Token))
            {
                events.Add(received);
            }
        }
        catch (OperationCanceledException)
        {
            // It is answered.
        }

        return events;
    }

    private async Task<(Applier<AppliedWidget> Applier, Informer<AppliedWidget> Informer)> ApplierAsync()
    {
        var client = new ResourceClient<AppliedWidget>(_connection, Widget.ResourceKind, WidgetJsonContext.Default.AppliedWidget);
        var informer = new Informer<AppliedWidget>(client, Here);
        Run(informer.RunAsync);
        await informer.Synced.WaitAsync(Patience.Token);
        var budget = new WriteBudget(new ControllerEnvironment());
        var applier = new Applier<AppliedWidget>(client, informer.Store, budget);
        _owned.Add(applier);
        _owned.Add(budget);
        return (applier, informer);
    }

    private Desired<Widget> Make(int size, string? colour) =>
        new(new ObjectKey(_namespace, "a"), new Widget { Spec = new WidgetSpec { Size = size, Colour = colour } });

    private async Task<ApplyOutcome> ApplyAsync(Applier<AppliedWidget> applier, int size, string? colour = null) =>
        (await applier.ApplyAsync(Make(size, colour), WidgetJsonContext.Default.Widget, Patience.Token)).Outcome;

    private async Task<ApplyOutcome> ApplyStatusAsync(Applier<AppliedWidget> applier, string phase) =>
        (await applier.ApplyStatusAsync(
            new ObjectKey(_namespace, "a"), new WidgetStatus { Phase = phase }, WidgetJsonContext.Default.WidgetStatus, Patience.Token)).Outcome;

    private static async Task Until<T>(Store<T> store, Func<Store<T>, bool> condition)
        where T : class, IResource
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = store.Subscribe(_ =>
        {
            if (condition(store))
            {
                reached.TrySetResult();
            }
        });
        if (!condition(store))
        {
            await reached.Task.WaitAsync(Patience.Token);
        }
    }
}
