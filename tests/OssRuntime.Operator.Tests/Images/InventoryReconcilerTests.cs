using System.Net;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Registry;

namespace OssRuntime.Operator.Tests.Images;

/// <summary>Images are read from their registry once, and as late again as the registry wishes.</summary>
public sealed class InventoryReconcilerTests : IAsyncLifetime
{
    private const string Manifests = "/v2/shop/web/manifests/";

    private static readonly BuiltImage Built = new ImageBuilder().Layer(tar => tar.File("app/node_modules/lodash/package.json", """{"name":"lodash","version":"1.0.0"}""")).Build();
    private static readonly ImageKey Key = new(Digest.Parse(Built.Digest), Platform.LinuxAmd64);

    private FakeRegistry _registry = null!;
    private OperatorStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _registry = await FakeRegistry.StartAsync();
        _stage = await OperatorStage.StartAsync();
        _stage.AddNode();
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task An_image_that_runs_is_read_once_and_matched_then()
    {
        await RunAsync(Built);
        Assert.Equal(Result.Done, await ReconcileAsync());
        Assert.Equal([(Key, Lane.Normal)], await OperatorStage.TakeAsync(_stage.House.State.Queues.Findings));
        Assert.Null(_stage.House.State.Attempts.Find(Key));

        var asked = _registry.Requests.Count;
        Assert.Equal(Result.Done, await ReconcileAsync());
        Assert.Equal(asked, _registry.Requests.Count);
        Assert.Equal([(Key, Lane.Normal)], await OperatorStage.TakeAsync(_stage.House.State.Queues.Findings));
    }

    [Theory]
    [InlineData("3600", 3600, 3600)]
    [InlineData("1", 5, 6)]
    [InlineData(null, 5, 6)]
    public async Task A_registry_that_asks_for_more_time_gets_it_and_never_less_than_our_own_wait(string? retryAfter, int atLeast, int atMost)
    {
        _registry.Script(Manifests, HttpStatusCode.ServiceUnavailable, retryAfter, times: 1);
        await RunAsync(Built);
        Assert.InRange((await ReconcileAsync()).Delay!.Value, TimeSpan.FromSeconds(atLeast), TimeSpan.FromSeconds(atMost));
    }

    [Fact]
    public async Task Nobody_is_asked_before_the_time_that_was_named_however_often_pods_come_and_go()
    {
        _registry.Script(Manifests, HttpStatusCode.ServiceUnavailable, "3600", times: 1);
        await RunAsync(Built);
        await ReconcileAsync();
        var asked = _registry.Requests.Count;
        _stage.Clock.Advance(TimeSpan.FromSeconds(3599));

        Assert.Equal(Result.After(TimeSpan.FromSeconds(1)), await ReconcileAsync());
        Assert.Equal(asked, _registry.Requests.Count);

        _stage.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(Result.Done, await ReconcileAsync());
        Assert.True(_registry.Requests.Count > asked);
        Assert.Null(_stage.House.State.Attempts.Find(Key));
    }

    [Fact]
    public async Task The_wait_grows_from_failure_to_failure()
    {
        _registry.Script(Manifests, HttpStatusCode.InternalServerError);
        await RunAsync(Built);
        var waits = new List<TimeSpan>();
        for (var round = 0; round < 12; round++)
        {
            waits.Add((await ReconcileAsync()).Delay!.Value);
            _stage.Clock.Advance(waits[^1]);
        }

        Assert.All(waits.Zip(waits.Skip(1)).Take(7), pair => Assert.True(pair.Second > pair.First));
        Assert.InRange(waits[^1], TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(36));
        Assert.Equal(12, _stage.House.State.Attempts.Find(Key)!.Failures);
    }

    [Fact]
    public async Task What_somebody_may_put_right_is_tried_again_and_found_then()
    {
        await RunAsync(Built, push: false);
        var result = await ReconcileAsync();
        Assert.Equal(("ManifestUnknown", true), (_stage.House.State.Attempts.Find(Key)!.Reason, result.Delay is not null));
        await _stage.ReconcileAsync("findings", Key);
        Assert.Equal((ImageState.Failed, "ManifestUnknown"), (_stage.House.State.Facts.Find(Key)!.State, _stage.House.State.Facts.Find(Key)!.Reason));

        _registry.Push("shop/web", "1", Built);
        _stage.Clock.Advance(result.Delay!.Value);
        Assert.Equal(Result.Done, await ReconcileAsync());
        await _stage.ReconcileAsync("findings", Key);
        Assert.Equal(ImageState.Inventoried, _stage.House.State.Facts.Find(Key)!.State);
    }

    [Fact]
    public async Task What_is_of_a_kind_that_has_no_inventory_stays_so_and_is_never_asked_for_again()
    {
        var chart = new ImageBuilder().Layer(_ => { }).ConfigType("application/vnd.cncf.helm.config.v1+json").Build();
        var key = new ImageKey(Digest.Parse(chart.Digest), Platform.LinuxAmd64);
        await RunAsync(chart);
        Assert.Equal(Result.Done, await _stage.ReconcileAsync("inventory", key));
        await _stage.ReconcileAsync("findings", key);
        Assert.Equal(ImageState.Unsupported, _stage.House.State.Facts.Find(key)!.State);

        var asked = _registry.Requests.Count;
        _stage.Clock.Advance(TimeSpan.FromDays(1));
        await _stage.EmptyAsync();
        Assert.Equal(Result.Done, await _stage.ReconcileAsync("inventory", key));
        Assert.Equal(asked, _registry.Requests.Count);
        Assert.Equal([(key, Lane.Normal)], await OperatorStage.TakeAsync(_stage.House.State.Queues.Findings));
    }

    [Fact]
    public async Task While_an_image_is_read_again_its_workloads_go_by_what_its_object_says()
    {
        Create(seal: true);
        await RunAsync(Built);
        var pod = Assert.Single(_stage.House.State.Running.All);
        _registry.Script(Manifests, HttpStatusCode.ServiceUnavailable, times: 1);
        await ReconcileAsync();

        var facts = _stage.House.State.Facts.Find(Key)!;
        Assert.Equal((ImageState.Pending, true, 1), (facts.State, facts.IsRemembered, facts.Counts.Critical));
        Assert.Equal("CVE-2021-1", Assert.Single(facts.Top).Advisory);
        Assert.Contains((pod.Workload, Lane.Normal), await OperatorStage.TakeAsync(_stage.House.State.Queues.Workloads));

        // The second try has nothing to announce.
        facts = facts with { Reason = "as it is" };
        _stage.House.State.Facts.Set(facts);
        _stage.Clock.Advance(TimeSpan.FromSeconds(6));
        await ReconcileAsync();
        Assert.Same(facts, _stage.House.State.Facts.Find(Key));
    }

    [Fact]
    public async Task What_somebody_else_wrote_into_the_object_is_not_remembered()
    {
        Create(seal: false);
        await RunAsync(Built);
        _registry.Script(Manifests, HttpStatusCode.ServiceUnavailable, times: 1);
        await ReconcileAsync();
        Assert.Equal((ImageState.Pending, false, 0), (_stage.House.State.Facts.Find(Key)!.State, _stage.House.State.Facts.Find(Key)!.IsRemembered, _stage.House.State.Facts.Find(Key)!.Counts.Critical));
    }

    [Fact]
    public async Task An_image_that_nobody_runs_is_read_where_it_was_asked_for_and_nowhere_else()
    {
        _registry.Push("shop/web", "1", Built);
        await _stage.OpenAsync();
        await ReconcileAsync();
        Assert.Empty(_registry.Requests);
        Assert.Equal([(Key, Lane.Normal)], await OperatorStage.TakeAsync(_stage.House.State.Queues.Findings));

        var asked = new ImageInventory
        {
            Metadata = new ObjectMeta { Name = Key.ResourceName },
            Spec = new ImageInventorySpec { Digest = Built.Digest, Platform = "linux/amd64", Image = _registry.Reference("shop/web", "1") },
        };
        var ours = _stage.Sealed(asked);
        var annotation = AskedFor.Write(new PullIdentity("shop", "default", []), asked.Spec, _stage.House.Seals.Keys);
        _stage.Create(
            "imageinventories",
            ours with { Metadata = ours.Metadata with { Annotations = new Dictionary<string, string>(ours.Metadata.Annotations!) { [AskedFor.Annotation] = annotation } } },
            ResourceJson.Default.ImageInventory);
        await _stage.SeeAsync();
        await ReconcileAsync();
        Assert.NotEmpty(_registry.Requests);
        Assert.Null(_stage.House.State.Attempts.Find(Key));
    }

    [Fact]
    public async Task An_image_that_wants_too_much_says_so_and_is_not_asked_for_after_a_restart()
    {
        var hostile = HostileImages.Dependencies(files: 2, perFile: 50_001);
        var key = new ImageKey(Digest.Parse(hostile.Digest), Platform.LinuxAmd64);
        await RunAsync(hostile);
        Assert.Equal(Result.Done, await _stage.ReconcileAsync("inventory", key));
        var asked = _registry.Count("/blobs/");
        Assert.NotEqual(0, asked);

        await _stage.RestartAsync();
        await _stage.OpenAsync();
        await _stage.WorkAsync();

        var condition = Assert.Single(_stage.House.Cluster.Images.Snapshot()).Status!.Conditions.First(c => c.Type == ConditionType.Inventoried);
        Assert.Equal(("False", "LimitExceeded"), (condition.Status, condition.Reason));
        Assert.Contains("the image names more than 100000 packages; 'app/p1.deps.json' was being read", condition.Message, StringComparison.Ordinal);
        Assert.Equal(asked, _registry.Count("/blobs/"));
    }

    [Fact]
    public async Task An_image_that_ended_the_process_twice_is_quarantined_with_that_reason_on_its_object()
    {
        await RunAsync(Built);
        var readers = new OssRuntime.Inventory.ImageIndexer(_stage.House.Sources.Options, null, _stage.Clock).ReadersVersion;
        _stage.House.Sources.Store.PutReading(Key.Digest, Key.Platform, readers, new OssRuntime.Inventory.Store.KeptReading(2, null));

        await _stage.RestartAsync();
        await _stage.OpenAsync();
        await _stage.WorkAsync();

        var condition = Assert.Single(_stage.House.Cluster.Images.Snapshot()).Status!.Conditions.First(c => c.Type == ConditionType.Inventoried);
        Assert.Equal(("False", "Quarantined"), (condition.Status, condition.Reason));
        Assert.Equal(0, _registry.Count("/blobs/"));
    }

    [Fact]
    public async Task A_registry_that_sends_a_bomb_in_place_of_a_layer_spoils_the_image_for_nobody_else()
    {
        var noise = new byte[4 << 20];
        new Random(7).NextBytes(noise);
        var image = new ImageBuilder().Layer(tar => tar.File("a", noise)).Build();
        var key = new ImageKey(Digest.Parse(image.Digest), Platform.LinuxAmd64);
        var bomb = HostileImages.Dependencies(files: 2, perFile: 50_001);
        await using var evil = await FakeRegistry.StartAsync();
        evil.Push("evil/web", "1", image);
        evil.Script(
            request => request.Path.Value!.EndsWith(image.LayerDigests[0], StringComparison.Ordinal),
            async context => await context.Response.Body.WriteAsync((byte[])[.. bomb.Blobs[bomb.LayerDigests[0]], .. noise.AsSpan(0, 2 << 20)], context.RequestAborted));
        var pod = _stage.AddPod("evil-1-x", _stage.AddDeployment(), evil.Reference("evil/web", "1"), image.Digest);
        await _stage.OpenAsync();
        await _stage.ReconcileAsync("pod", pod);
        var first = await _stage.ReconcileAsync("inventory", key);
        Assert.NotNull(first.Delay);
        Assert.NotEqual("LimitExceeded", _stage.House.State.Attempts.Find(key)!.Reason);

        _registry.Push("shop/web", "1", image);
        var honest = _stage.AddPod("good-1-x", _stage.AddDeployment("good"), _registry.Reference("shop/web", "1"), image.Digest);
        await _stage.SeeAsync();
        await _stage.ReconcileAsync("pod", honest);
        _stage.Clock.Advance(first.Delay!.Value);
        Assert.Equal(Result.Done, await _stage.ReconcileAsync("inventory", key));
        Assert.Null(_stage.House.State.Attempts.Find(key));
    }

    private Task<Result> ReconcileAsync() => _stage.ReconcileAsync("inventory", Key);

    // A pod of the image that was looked at; nothing else is due.
    private async Task RunAsync(BuiltImage image, bool push = true)
    {
        if (push)
        {
            _registry.Push("shop/web", "1", image);
        }

        var pod = _stage.AddPod("web-1-x", _stage.AddDeployment(), _registry.Reference("shop/web", "1"), image.Digest);
        await _stage.OpenAsync();
        await _stage.ReconcileAsync("pod", pod);
        await _stage.EmptyAsync();
    }

    private void Create(bool seal)
    {
        var image = new ImageInventory
        {
            Metadata = new ObjectMeta { Name = Key.ResourceName },
            Spec = new ImageInventorySpec { Digest = Built.Digest, Platform = "linux/amd64", Image = "registry.example/web:1" },
            Report = new ImageInventoryReport { Source = "Layers", Counts = new FindingCounts { Critical = 1 }, Findings = ["Critical CVE-2021-1 9.8 pkg:npm/bad@1.0.0 -"] },
        };
        _stage.Create("imageinventories", seal ? _stage.Sealed(image) : image, ResourceJson.Default.ImageInventory);
    }
}
