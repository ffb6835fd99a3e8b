using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Apply;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Images;

/// <summary>What an image's object says when its image cannot be read.</summary>
public sealed class ImageWriterTests : IAsyncLifetime
{
    private static readonly ImageKey Key = Samples.Image('a');
    private readonly CancellationTokenSource _stop = new();
    private readonly SealKeys _keys = new(Enumerable.Repeat((byte)3, 32).ToArray());
    private readonly ReportSeal _seal;
    private Store<ImageInventory>? _images;
    private WriteBudget? _budget;
    private Applier<ImageInventory>? _applier;
    private ImageWriter? _writer;
    private FakeApiServer _server = null!;
    private KubernetesConnection _connection = null!;
    private Task _run = Task.CompletedTask;

    public ImageWriterTests() => _seal = new ReportSeal(_keys, TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync(null, new FakeKind("ossruntime.io", "v1alpha1", "imageinventories", "ImageInventory", false));
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _applier?.Dispose();
        _budget?.Dispose();
        _connection.Dispose();
        await _server.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task A_report_stays_where_its_image_cannot_be_read_any_more_and_is_no_verdict()
    {
        Create(seal: true);
        var (inventoried, matched, report) = await FailAsync();

        Assert.Equal(("RegistryUnreachable", "the report is of an earlier reading"), (inventoried, matched));
        Assert.Contains("CVE-2021-1", report, StringComparison.Ordinal);
        Assert.Contains("f:report", Owned(), StringComparison.Ordinal);
        Assert.Empty(Stored()["report"]!["policies"]!.AsArray());
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_report_that_somebody_else_wrote_or_changed_is_not_made_our_own(bool seal, bool status)
    {
        Create(seal);
        if (seal)
        {
            _server.Change("imageinventories", null, Key.ResourceName, resource => resource["report"]!["findings"] = new JsonArray("Low CVE-2021-2"));
        }

        if (status)
        {
            // Whoever forges a report can say of it what we would say.
            _server.Change(
                "imageinventories",
                null,
                Key.ResourceName,
                resource => resource["status"] = new JsonObject { ["observedGeneration"] = resource["metadata"]!["generation"]!.GetValue<long>() },
                "status");
        }

        var (inventoried, matched, _) = await FailAsync();

        Assert.Equal(("RegistryUnreachable", "the report is not ours: an older version or somebody else wrote it, and nothing goes by it"), (inventoried, matched));
        Assert.DoesNotContain("f:report", Owned(), StringComparison.Ordinal);
        Assert.DoesNotContain("f:" + ReportSeal.Annotation, Owned(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_status_is_written_again_though_its_hash_is_ours()
    {
        await FailAsync();
        var hash = Stored()["status"]!["contentHash"]!.GetValue<string>();
        _server.Change("imageinventories", null, Key.ResourceName, resource => resource["status"]!["conditions"]![0]!["reason"] = "Forged", "status");
        Assert.Equal(hash, Stored()["status"]!["contentHash"]!.GetValue<string>());
        await SeenAsync();

        var (inventoried, _, _) = await FailAsync();

        Assert.Equal("RegistryUnreachable", inventoried);
    }

    [Fact]
    public async Task One_that_never_could_be_read_has_no_report()
    {
        var (inventoried, matched, report) = await FailAsync();

        Assert.Equal(("RegistryUnreachable", "there is nothing to match", null), (inventoried, matched, report));
    }

    private void Create(bool seal)
    {
        var wished = new ImageInventory
        {
            Metadata = new ObjectMeta { Name = Key.ResourceName },
            Spec = new ImageInventorySpec { Digest = Key.Digest.Value, Platform = Key.Platform.ToString(), Image = "registry.example/web:1" },
            Report = new ImageInventoryReport { Source = "Layers", Policies = ["p@1"], Findings = ["Critical CVE-2021-1 9.8 pkg:npm/bad@1.0.0 -"] },
        };
        var annotations = seal ? new Dictionary<string, string> { [ReportSeal.Annotation] = _seal.Next(wished.Key, wished, null)! } : null;
        _server.Create("imageinventories", JsonSerializer.SerializeToNode(wished with { Metadata = wished.Metadata with { Annotations = annotations } }, ResourceJson.Default.ImageInventory)!.AsObject());
    }

    private JsonObject Stored() => _server.Get("imageinventories", null, Key.ResourceName);

    private string Owned() => string.Concat(Stored()["metadata"]!["managedFields"]!.AsArray()
        .Where(entry => entry!["manager"]!.GetValue<string>() == "ossruntime").Select(entry => entry!.ToJsonString()));

    private async Task<(string? Inventoried, string? Matched, string? Report)> FailAsync()
    {
        if (_writer is null)
        {
            var informers = new InformerRegistry(_connection);
            _images = informers.Get(ImageInventory.Resource, ResourceJson.Default.ImageInventory).Store;
            _run = informers.RunAsync(_stop.Token);
            await informers.WhenSyncedAsync(TestContext.Current.CancellationToken);
            _budget = new WriteBudget(_connection.Environment);
            _applier = new Applier<ImageInventory>(new ResourceClient<ImageInventory>(_connection, ImageInventory.Resource, ResourceJson.Default.ImageInventory), _images, _budget);
            var own = new VerifiedInventories(_seal, _keys, NullLoggerFactory.Instance).Of(_images);
            _writer = new ImageWriter(_applier, _images, own, _seal, new EventRecorder(_connection, _budget), TimeProvider.System);
        }

        await _writer.WriteFailureAsync(
            Key, "registry.example/web:1", new InventoryAttempt("RegistryUnreachable", "nobody answers", Retryable: true, 1, default), TestContext.Current.CancellationToken);

        var stored = Stored();
        var conditions = stored["status"]!["conditions"]!.AsArray();
        return (Said("Inventoried", "reason"), Said("Matched", "message"), stored["report"]?["findings"]?.ToJsonString());

        string? Said(string type, string field) => conditions.Single(condition => condition!["type"]!.GetValue<string>() == type)![field]!.GetValue<string>();
    }

    private async Task SeenAsync()
    {
        var version = Stored()["metadata"]!["resourceVersion"]!.GetValue<string>();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = _images!.Subscribe(change =>
        {
            if (change.New?.ResourceVersion == version)
            {
                seen.TrySetResult();
            }
        });
        await seen.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }
}
