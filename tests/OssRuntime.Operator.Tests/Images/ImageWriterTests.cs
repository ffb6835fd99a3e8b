using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;

namespace OssRuntime.Operator.Tests.Images;

/// <summary>What an image's object says when its image cannot be read.</summary>
public sealed class ImageWriterTests : IAsyncLifetime
{
    private static readonly ImageKey Key = Samples.Image('a');
    private OperatorStage _stage = null!;
    private ImageWriter _writer = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await OperatorStage.StartAsync();
        var (cluster, seals, metrics) = (_stage.House.Cluster, _stage.House.Seals, _stage.House.Metrics);
        _writer = new ImageWriter(cluster.ImageApplier, cluster.Images, seals, cluster.Events, metrics.Writes, _stage.Clock);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

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
            _stage.Server.Change("imageinventories", null, Key.ResourceName, resource => resource["report"]!["findings"] = new JsonArray("Low CVE-2021-2"));
        }

        if (status)
        {
            // Whoever forges a report can say of it what we would say.
            _stage.Server.Change(
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
        _stage.Server.Change("imageinventories", null, Key.ResourceName, resource => resource["status"]!["conditions"]![0]!["reason"] = "Forged", "status");
        Assert.Equal(hash, Stored()["status"]!["contentHash"]!.GetValue<string>());

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
        _stage.Create("imageinventories", seal ? _stage.Sealed(wished) : wished, ResourceJson.Default.ImageInventory);
    }

    private JsonObject Stored() => _stage.Server.Get("imageinventories", null, Key.ResourceName);

    private string Owned() => string.Concat(Stored()["metadata"]!["managedFields"]!.AsArray()
        .Where(entry => entry!["manager"]!.GetValue<string>() == "ossruntime").Select(entry => entry!.ToJsonString()));

    private async Task<(string? Inventoried, string? Matched, string? Report)> FailAsync()
    {
        await _stage.SeeAsync();
        await _writer.WriteFailureAsync(
            Key, "registry.example/web:1", new InventoryAttempt("RegistryUnreachable", "nobody answers", Retryable: true, 1, default), TestContext.Current.CancellationToken);

        var stored = Stored();
        var conditions = stored["status"]!["conditions"]!.AsArray();
        return (Said("Inventoried", "reason"), Said("Matched", "message"), stored["report"]?["findings"]?.ToJsonString());

        string? Said(string type, string field) => conditions.Single(condition => condition!["type"]!.GetValue<string>() == type)![field]!.GetValue<string>();
    }
}
