using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Hosting;
using OssRuntime.Kubernetes.Watching;
using OssRuntime.Kubernetes.Working;
using OssRuntime.Kubernetes.Writing;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Resources;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Images;

/// <summary>What an image's object says when its image cannot be read.</summary>
public sealed class ImageWriterTests : IAsyncLifetime
{
    private static readonly ImageKey Key = Samples.Image('a');
    private readonly CancellationTokenSource _stop = new();
    private FakeApiServer _server = null!;
    private KubernetesConnection _connection = null!;
    private Task _run = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync(null, new FakeKind("ossruntime.io", "v1alpha1", "imageinventories", "ImageInventory", false));
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _run;
        _connection.Dispose();
        await _server.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task A_report_stays_where_its_image_cannot_be_read_any_more()
    {
        Create();
        Write(generation => generation);
        var (inventoried, matched, report) = await FailAsync();

        Assert.Equal(("RegistryUnreachable", "the report is of an earlier reading"), (inventoried, matched));
        Assert.Contains("CVE-2021-1", report, StringComparison.Ordinal);
        Assert.Contains("f:report", Owned(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_report_that_somebody_else_wrote_or_changed_is_not_made_our_own(bool changed)
    {
        Create();
        if (changed)
        {
            Write(generation => generation - 1);
        }

        var (inventoried, matched, _) = await FailAsync();

        Assert.Equal(("RegistryUnreachable", "there is nothing to match"), (inventoried, matched));
        Assert.DoesNotContain("f:report", Owned(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_never_could_be_read_has_no_report()
    {
        var (inventoried, matched, report) = await FailAsync();

        Assert.Equal(("RegistryUnreachable", "there is nothing to match", null), (inventoried, matched, report));
    }

    private void Create() => _server.Create("imageinventories", JsonSerializer.SerializeToNode(
        new ImageInventory
        {
            Metadata = new ObjectMeta { Name = Key.ResourceName },
            Spec = new ImageInventorySpec { Digest = Key.Digest.Value, Platform = Key.Platform.ToString(), Image = "registry.example/web:1" },
            Report = new ImageInventoryReport { Source = "Layers", Findings = ["Critical CVE-2021-1 9.8 pkg:npm/bad@1.0.0 -"] },
        },
        ResourceJson.Default.ImageInventory)!.AsObject());

    private void Write(Func<long, long> observed) => _server.Change(
        "imageinventories",
        null,
        Key.ResourceName,
        resource => resource["status"] = new JsonObject { ["observedGeneration"] = observed(resource["metadata"]!["generation"]!.GetValue<long>()) },
        "status");

    private string Owned() => string.Concat(_server.Get("imageinventories", null, Key.ResourceName)["metadata"]!["managedFields"]!.AsArray()
        .Where(entry => entry!["manager"]!.GetValue<string>() == "ossruntime").Select(entry => entry!.ToJsonString()));

    private async Task<(string? Inventoried, string? Matched, string? Report)> FailAsync()
    {
        var informers = new InformerRegistry(_connection);
        var images = informers.Get(ImageInventory.Resource, ResourceJson.Default.ImageInventory).Store;
        _run = informers.RunAsync(_stop.Token);
        await informers.WhenSyncedAsync(TestContext.Current.CancellationToken);
        using var budget = new WriteBudget(_connection.Environment);
        using var applier = new Applier<ImageInventory>(
            new ResourceClient<ImageInventory>(_connection, ImageInventory.Resource, ResourceJson.Default.ImageInventory), images, budget);
        var writer = new ImageWriter(applier, images, new EventRecorder(_connection, budget), TimeProvider.System);
        await writer.WriteFailureAsync(
            Key, "registry.example/web:1", new InventoryAttempt("RegistryUnreachable", "nobody answers", Retryable: true, 1, default), TestContext.Current.CancellationToken);

        var stored = _server.Get("imageinventories", null, Key.ResourceName);
        var conditions = stored["status"]!["conditions"]!.AsArray();
        return (Said("Inventoried", "reason"), Said("Matched", "message"), stored["report"]?["findings"]?.ToJsonString());

        string? Said(string type, string field) => conditions.Single(condition => condition!["type"]!.GetValue<string>() == type)![field]!.GetValue<string>();
    }
}
