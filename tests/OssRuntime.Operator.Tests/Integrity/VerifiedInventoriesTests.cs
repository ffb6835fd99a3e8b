using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Resources;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Integrity;

/// <summary>Reports that are written, forged, put right and found again, on a server that counts generations.</summary>
public sealed class VerifiedInventoriesTests : IAsyncLifetime
{
    private static readonly ObjectKey Name = new(null, "image-a");

    private readonly CancellationTokenSource _stop = new();
    private readonly SealKeys _keys = new(Enumerable.Repeat((byte)3, 32).ToArray());
    private readonly StepClock _clock = new();
    private FakeApiServer _server = null!;
    private KubernetesConnection _connection = null!;
    private WriteBudget _budget = null!;
    private Applier<ImageInventory> _applier = null!;
    private Store<ImageInventory> _images = null!;
    private VerifiedInventories _own = null!;
    private SealedApplier<ImageInventory> _sealed = null!;
    private ReportSeal _seal = null!;
    private Task _run = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync(_clock, new FakeKind("ossruntime.io", "v1alpha1", "imageinventories", "ImageInventory", false));
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment());
        var informers = new InformerRegistry(_connection);
        _images = informers.Get(ImageInventory.Resource, ResourceJson.Default.ImageInventory).Store;
        _seal = new ReportSeal(_keys, _clock);
        _own = new VerifiedInventories(_seal, _keys, NullLoggerFactory.Instance).Of(_images);
        _budget = new WriteBudget(_connection.Environment);
        _applier = new Applier<ImageInventory>(new ResourceClient<ImageInventory>(_connection, ImageInventory.Resource, ResourceJson.Default.ImageInventory), _images, _budget);
        _sealed = new SealedApplier<ImageInventory>(_applier, _seal, ResourceJson.Default.ImageInventory);
        _run = informers.RunAsync(_stop.Token);
        await informers.WhenSyncedAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _applier.Dispose();
        _budget.Dispose();
        _connection.Dispose();
        await _server.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task What_is_written_is_ours_from_the_first_moment_in_one_write_and_what_changes_nothing_writes_nothing()
    {
        await WriteAsync("a");
        await WriteAsync("a");
        await WriteAsync("b");
        _clock.Advance(TimeSpan.FromHours(1));
        await WriteAsync("b");
        Assert.Equal(2, Writes);
        Assert.True(_seal.Holds(_images.Get(Name)!));
        Assert.Equal("b", Assert.Single(_own.Find(Name)!.Report!.Hits));
    }

    [Fact]
    public async Task What_somebody_else_makes_of_it_changes_nothing_for_who_goes_by_it_and_is_put_right()
    {
        await WriteAsync("bad");
        await ChangeAsync(item => item["report"]!["hits"] = new JsonArray());
        Assert.Equal("bad", Assert.Single(_own.Find(Name)!.Report!.Hits));
        Assert.False(_seal.Holds(_images.Get(Name)!));

        await WriteAsync("bad");
        Assert.True(_seal.Holds(_images.Get(Name)!));
        Assert.Equal(3, _images.Get(Name)!.Metadata.Generation);
    }

    [Fact]
    public async Task A_seal_that_is_taken_off_or_spoilt_is_put_back()
    {
        await WriteAsync("bad");
        await ChangeAsync(item => item["metadata"]!["annotations"]![ReportSeal.Annotation] = "1.AAAA");
        await WriteAsync("bad");
        Assert.True(_seal.Holds(_images.Get(Name)!));
        await ChangeAsync(item => item["metadata"]!["annotations"]!.AsObject().Remove(ReportSeal.Annotation));
        await WriteAsync("bad");
        Assert.True(_seal.Holds(_images.Get(Name)!));
        Assert.Equal(1, _images.Get(Name)!.Metadata.Generation);
    }

    [Fact]
    public async Task What_was_ours_before_is_ours_no_more_when_it_is_written_back()
    {
        await WriteAsync("clean");
        var old = _server.Get("imageinventories", null, Name.Name).DeepClone().AsObject();
        await WriteAsync("bad");
        await ChangeAsync(item =>
        {
            item["report"] = old["report"]!.DeepClone();
            item["metadata"]!["annotations"] = old["metadata"]!["annotations"]!.DeepClone();
        });
        Assert.Equal("bad", Assert.Single(_own.Find(Name)!.Report!.Hits));

        // Deleted and made again it begins with the first generation, as it did.
        _clock.Advance(TimeSpan.FromMinutes(10));
        _server.Delete("imageinventories", null, Name.Name);
        _server.Create("imageinventories", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = Name.Name, ["annotations"] = old["metadata"]!["annotations"]!.DeepClone() },
            ["spec"] = old["spec"]!.DeepClone(),
            ["report"] = old["report"]!.DeepClone(),
        });
        await SeenAsync();
        Assert.Null(_own.Find(Name));
    }

    [Fact]
    public async Task Who_writes_in_the_same_moment_is_overwritten_and_the_seal_fits_all_the_same()
    {
        await WriteAsync("a");
        // The store is behind by this change.
        _server.Change("imageinventories", null, Name.Name, item => item["report"]!["components"] = 7);
        await _sealed.ApplyAsync(Name, Wished("b"), TestContext.Current.CancellationToken);
        await SeenAsync();
        Assert.True(_seal.Holds(_images.Get(Name)!));
        Assert.Equal("b", Assert.Single(_own.Find(Name)!.Report!.Hits));
    }

    [Fact]
    public async Task What_an_older_version_wrote_is_not_ours_until_it_is_written_again()
    {
        _keys.Set();
        await WriteAsync("a");
        _keys.Set(Enumerable.Repeat((byte)3, 32).ToArray());
        Assert.Null(_own.Find(Name));
        await WriteAsync("a");
        Assert.NotNull(_own.Find(Name));
        Assert.Equal(1, _images.Get(Name)!.Metadata.Generation);
    }

    [Fact]
    public async Task A_key_that_is_gone_takes_with_it_what_it_sealed_and_its_successor_does_not()
    {
        var told = new List<bool>();
        _own.Follow((_, image) => told.Add(image is not null));
        await WriteAsync("a");
        _keys.Set(Enumerable.Repeat((byte)4, 32).ToArray(), Enumerable.Repeat((byte)3, 32).ToArray());
        Assert.NotNull(_own.Find(Name));
        await WriteAsync("a");
        _keys.Set(Enumerable.Repeat((byte)4, 32).ToArray());
        Assert.NotNull(_own.Find(Name));
        _keys.Set(Enumerable.Repeat((byte)5, 32).ToArray());
        Assert.Null(_own.Find(Name));
        Assert.False(told[^1]);
    }

    [Fact]
    public async Task A_status_that_somebody_else_wrote_is_not_shown_and_the_report_stays()
    {
        await WriteAsync("bad");
        await ChangeAsync(item => item["status"] = new JsonObject { ["observedGeneration"] = 1, ["unusedSince"] = "2000-01-01T00:00:00Z" }, "status");
        Assert.Null(_own.Find(Name)!.Status);
        Assert.Equal("bad", Assert.Single(_own.Find(Name)!.Report!.Hits));
    }

    private int Writes => _server.Requests.Count(request => request.IsWrite);

    private async Task WriteAsync(string hit)
    {
        await _sealed.ApplyAsync(Name, Wished(hit), TestContext.Current.CancellationToken);
        await SeenAsync();
    }

    private async Task ChangeAsync(Action<JsonObject> change, string? subresource = null)
    {
        _server.Change("imageinventories", null, Name.Name, change, subresource);
        await SeenAsync();
    }

    // Handlers run after the store shows a change: the last subscriber sees it last.
    private async Task SeenAsync()
    {
        var version = _server.Get("imageinventories", null, Name.Name)["metadata"]!["resourceVersion"]!.GetValue<string>();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = _images.Subscribe(change =>
        {
            if (change.New?.ResourceVersion == version)
            {
                seen.TrySetResult();
            }
        });
        await seen.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private static ImageInventory Wished(string hit) => new()
    {
        Metadata = new ObjectMeta { Name = Name.Name },
        Spec = new ImageInventorySpec { Digest = Samples.Digest('a').Value, Platform = "linux/amd64", Image = "registry.example/web:1" },
        Report = new ImageInventoryReport { Source = "Layers", Policies = ["p@1"], Hits = [hit] },
    };
}
