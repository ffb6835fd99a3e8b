using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Tests.Integrity;

/// <summary>Reports that are written, forged, put right and found again, on a server that counts generations.</summary>
public sealed class VerifiedInventoriesTests : IAsyncLifetime
{
    private static readonly ObjectKey Name = new(null, "image-a");

    private OperatorStage _stage = null!;

    private VerifiedInventories Own => _stage.House.Seals.Inventories;

    public async ValueTask InitializeAsync() => _stage = await OperatorStage.StartAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task What_is_written_is_ours_from_the_first_moment_in_one_write_and_what_changes_nothing_writes_nothing()
    {
        await WriteAsync("a");
        await WriteAsync("a");
        await WriteAsync("b");
        _stage.Clock.Advance(TimeSpan.FromHours(1));
        await WriteAsync("b");
        Assert.Equal(2, Writes);
        Assert.True(_stage.House.Seals.Reports.Holds(_stage.House.Cluster.Images.Get(Name)!));
        Assert.Equal("b", Assert.Single(Own.Find(Name)!.Report!.Hits));
    }

    [Fact]
    public async Task What_somebody_else_makes_of_it_changes_nothing_for_who_goes_by_it_and_is_put_right()
    {
        await WriteAsync("bad");
        await ChangeAsync(item => item["report"]!["hits"] = new JsonArray());
        Assert.Equal("bad", Assert.Single(Own.Find(Name)!.Report!.Hits));
        Assert.False(_stage.House.Seals.Reports.Holds(_stage.House.Cluster.Images.Get(Name)!));

        await WriteAsync("bad");
        Assert.True(_stage.House.Seals.Reports.Holds(_stage.House.Cluster.Images.Get(Name)!));
        Assert.Equal(3, _stage.House.Cluster.Images.Get(Name)!.Metadata.Generation);
    }

    [Fact]
    public async Task A_seal_that_is_taken_off_or_spoilt_is_put_back()
    {
        await WriteAsync("bad");
        await ChangeAsync(item => item["metadata"]!["annotations"]![ReportSeal.Annotation] = "1.AAAA");
        await WriteAsync("bad");
        Assert.True(_stage.House.Seals.Reports.Holds(_stage.House.Cluster.Images.Get(Name)!));
        await ChangeAsync(item => item["metadata"]!["annotations"]!.AsObject().Remove(ReportSeal.Annotation));
        await WriteAsync("bad");
        Assert.True(_stage.House.Seals.Reports.Holds(_stage.House.Cluster.Images.Get(Name)!));
        Assert.Equal(1, _stage.House.Cluster.Images.Get(Name)!.Metadata.Generation);
    }

    [Fact]
    public async Task What_was_ours_before_is_ours_no_more_when_it_is_written_back()
    {
        await WriteAsync("clean");
        var old = _stage.Server.Get("imageinventories", null, Name.Name).DeepClone().AsObject();
        await WriteAsync("bad");
        await ChangeAsync(item =>
        {
            item["report"] = old["report"]!.DeepClone();
            item["metadata"]!["annotations"] = old["metadata"]!["annotations"]!.DeepClone();
        });
        Assert.Equal("bad", Assert.Single(Own.Find(Name)!.Report!.Hits));

        // Deleted and made again it begins with the first generation, as it did.
        _stage.Clock.Advance(TimeSpan.FromMinutes(10));
        _stage.Server.Delete("imageinventories", null, Name.Name);
        _stage.Server.Create("imageinventories", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = Name.Name, ["annotations"] = old["metadata"]!["annotations"]!.DeepClone() },
            ["spec"] = old["spec"]!.DeepClone(),
            ["report"] = old["report"]!.DeepClone(),
        });
        await _stage.SeeAsync();
        Assert.Null(Own.Find(Name));
    }

    [Fact]
    public async Task Who_writes_in_the_same_moment_is_overwritten_and_the_seal_fits_all_the_same()
    {
        await WriteAsync("a");
        // The store is behind by this change.
        _stage.Server.Change("imageinventories", null, Name.Name, item => item["report"]!["components"] = 7);
        await WriteAsync("b");
        Assert.True(_stage.House.Seals.Reports.Holds(_stage.House.Cluster.Images.Get(Name)!));
        Assert.Equal("b", Assert.Single(Own.Find(Name)!.Report!.Hits));
    }

    [Fact]
    public async Task What_an_older_version_wrote_is_not_ours_until_it_is_written_again()
    {
        await SetAsync();
        await WriteAsync("a");
        await SetAsync(3);
        Assert.Null(Own.Find(Name));
        await WriteAsync("a");
        Assert.NotNull(Own.Find(Name));
        Assert.Equal(1, _stage.House.Cluster.Images.Get(Name)!.Metadata.Generation);
    }

    [Fact]
    public async Task A_key_that_is_gone_takes_with_it_what_it_sealed_and_its_successor_does_not()
    {
        await WriteAsync("a");
        await SetAsync(4, 3);
        Assert.NotNull(Own.Find(Name));
        await WriteAsync("a");
        await SetAsync(4);
        Assert.NotNull(Own.Find(Name));
        await SetAsync(5);
        Assert.Null(Own.Find(Name));

        // Who goes by it is told of what was there too.
        Assert.Equal([Name], Own.RefreshAll());
    }

    [Fact]
    public async Task A_status_that_somebody_else_wrote_is_not_shown_and_the_report_stays()
    {
        await WriteAsync("bad");
        await ChangeAsync(item => item["status"] = new JsonObject { ["observedGeneration"] = 1, ["unusedSince"] = "2000-01-01T00:00:00Z" }, "status");
        Assert.Null(Own.Find(Name)!.Status);
        Assert.Equal("bad", Assert.Single(Own.Find(Name)!.Report!.Hits));
    }

    private int Writes => _stage.Server.Requests.Count(request => request.IsWrite);

    private Task SetAsync(params byte[] keys)
    {
        _stage.House.Seals.Keys.Set([.. keys.Select(key => Enumerable.Repeat(key, 32).ToArray())]);
        _stage.House.State.Queues.Events.Add(ClusterEvent.SealKeysChanged);
        return _stage.SeeAsync();
    }

    private async Task WriteAsync(string hit)
    {
        var applier = new SealedApplier<ImageInventory>(_stage.House.Cluster.ImageApplier, _stage.House.Seals.Reports, ResourceJson.Default.ImageInventory);
        await applier.ApplyAsync(Name, Wished(hit), TestContext.Current.CancellationToken);
        await _stage.SeeAsync();
    }

    private async Task ChangeAsync(Action<JsonObject> change, string? subresource = null)
    {
        _stage.Server.Change("imageinventories", null, Name.Name, change, subresource);
        await _stage.SeeAsync();
    }

    private static ImageInventory Wished(string hit) => new()
    {
        Metadata = new ObjectMeta { Name = Name.Name },
        Spec = new ImageInventorySpec { Digest = Samples.Digest('a').Value, Platform = "linux/amd64", Image = "registry.example/web:1" },
        Report = new ImageInventoryReport { Source = "Layers", Policies = ["p@1"], Hits = [hit] },
    };
}
