using System.Text.Json.Nodes;
using OssRuntime.EndToEnd.Tests.Spine;
using OssRuntime.Model.Images;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;

namespace OssRuntime.EndToEnd.Tests.Admission;

/// <summary>What somebody wrote into reports while no replica looked, or an older version before there were seals: the first replica finds it at its start.</summary>
[Collection(AdmissionCollection.Name)]
public sealed class ForgedReportTests(AdmissionCluster cluster) : IAsyncLifetime
{
    private const string Inventories = "apis/ossruntime.io/v1alpha1/imageinventories";

    private string _clean = "";
    private string _bad = "";

    public async ValueTask InitializeAsync()
    {
        await cluster.PublishAsync(AdmissionCluster.Advisory("CVE-2021-1", "bad"));
        _clean = cluster.Push("sealed/clean", "1", "good");
        _bad = cluster.Push("sealed/bad", "1", "bad");
        await cluster.SpaceAsync("sealed", "sealed-strict");
        foreach (var (name, grace) in new[] { ("sealed", "true"), ("sealed-strict", "false") })
        {
            await cluster.Applier.ApplyAsync(
                $"{{apiVersion: ossruntime.io/v1alpha1, kind: RiskPolicy, metadata: {{name: {name}}}, spec: {{selector: {{namespaces: [{name}]}}, action: Deny, unknownImages: Deny, runningGrace: {grace}, rules: [{{name: severe, severity: Critical}}]}}}}");
        }
    }

    public async ValueTask DisposeAsync() => await cluster.StopAllAsync();

    [Fact]
    public async Task What_was_forged_while_nobody_looked_is_not_believed_from_the_first_answer_on_and_is_put_right()
    {
        await LeaveWrittenAsync("bad", _bad, async () => (await AskAsync(_bad, "sealed-strict")).Text.Contains("sealed-strict/severe", StringComparison.Ordinal));

        // One is whitened, with a status that fits; the other is made from nothing for an image that cannot be read, with the report and the seal of the first from before.
        var before = await ObjectAsync(_bad);
        var white = before["report"]!.DeepClone();
        white["hits"] = new JsonArray();
        Assert.Equal(200, (await cluster.Mallory.MergeAsync($"{Inventories}/{NameOf(_bad)}", new JsonObject { ["report"] = white.DeepClone() }.ToJsonString())).Code);
        var now = await ObjectAsync(_bad);
        Assert.Equal(200, (await cluster.Mallory.MergeAsync(
            $"{Inventories}/{NameOf(_bad)}/status", new JsonObject { ["status"] = new JsonObject { ["observedGeneration"] = now["metadata"]!["generation"]!.DeepClone() } }.ToJsonString())).Code);
        cluster.Registry.Script("/v2/sealed/never", System.Net.HttpStatusCode.Forbidden);
        var never = cluster.Push("sealed/never", "1", "worse");
        Assert.Equal(201, (await cluster.Mallory.CreateAsync(Inventories, new JsonObject
        {
            ["apiVersion"] = "ossruntime.io/v1alpha1",
            ["kind"] = "ImageInventory",
            ["metadata"] = new JsonObject { ["name"] = NameOf(never), ["annotations"] = before["metadata"]!["annotations"]!.DeepClone() },
            ["spec"] = new JsonObject { ["digest"] = never[(never.IndexOf('@', StringComparison.Ordinal) + 1)..], ["platform"] = "linux/amd64", ["image"] = never },
            ["report"] = white,
        }.ToJsonString())).Code);

        await ServeAsync();
        await SpineStage.EventuallyAsync(
            async () =>
            {
                Assert.Equal("denied", (await AskAsync(never, "sealed-strict")).Decision);
                var seen = await AskAsync(_bad, "sealed-strict");
                Assert.Equal("denied", seen.Decision);
                return seen.Text.Contains("sealed-strict/severe", StringComparison.Ordinal) && (await cluster.Admin.GetAsync($"{Inventories}/{NameOf(never)}")).Code == 404;
            },
            "the whitened report to be put right, and the invented one to go");
        Assert.Contains("CVE-2021-1", (await ObjectAsync(_bad))["report"]!["hits"]!.ToJsonString(), StringComparison.Ordinal);
        await cluster.Admin.DeleteAsync("api/v1/namespaces/sealed/pods/bad");
    }

    [Fact]
    public async Task What_an_older_version_wrote_causes_no_outage_and_is_sealed()
    {
        await LeaveWrittenAsync("clean", _clean, async () => (await AskAsync(_clean, "sealed")).Decision == "allowed");
        Assert.Equal(200, (await cluster.Admin.MergeAsync($"{Inventories}/{NameOf(_clean)}", new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [ReportSeal.Annotation] = null } } }.ToJsonString())).Code);

        await ServeAsync();
        await SpineStage.EventuallyAsync(
            async () =>
            {
                // It runs, and is let in again, whatever is known of it.
                var seen = (await AskAsync(_clean, "sealed")).Decision;
                Assert.Contains(seen, (string[])["warned", "allowed"]);
                return seen == "allowed" && (await ObjectAsync(_clean))["metadata"]!["annotations"]![ReportSeal.Annotation] is not null;
            },
            "the report to be sealed");
        await cluster.Admin.DeleteAsync("api/v1/namespaces/sealed/pods/clean");
    }

    [Fact]
    public async Task A_key_that_follows_another_is_taken_over_while_it_runs_and_one_that_is_taken_away_ends_no_running_image()
    {
        await LeaveWrittenAsync("turned", _clean, async () => (await AskAsync(_clean, "sealed")).Decision == "allowed");
        var old = (await ObjectAsync(_clean))["metadata"]!["annotations"]![ReportSeal.Annotation]!.GetValue<string>();

        // The key is lost: what runs is in grace, and everything is sealed anew.
        Assert.Equal(200, (await cluster.Admin.DeleteAsync($"api/v1/namespaces/{AdmissionCluster.Namespace}/secrets/ossruntime-webhooks-approvals")).Code);
        await ServeAsync();
        await SpineStage.EventuallyAsync(
            async () =>
            {
                var seen = (await AskAsync(_clean, "sealed")).Decision;
                Assert.Contains(seen, (string[])["warned", "allowed"]);
                return seen == "allowed" && (await ObjectAsync(_clean))["metadata"]!["annotations"]![ReportSeal.Annotation]?.GetValue<string>() is { } now && now != old;
            },
            "the report to be sealed with the new key");
        await cluster.Admin.DeleteAsync("api/v1/namespaces/sealed/pods/turned");
    }

    /// <summary>A pod runs the image, a replica has written what it knows of it, and none runs any more.</summary>
    private async Task LeaveWrittenAsync(string pod, string image, Func<Task<bool>> isKnown)
    {
        await cluster.RunAsync("sealed", pod, image, image);
        await ServeAsync();
        await SpineStage.EventuallyAsync(isKnown, "the image to be known");
        await cluster.StopAllAsync();
    }

    private async Task ServeAsync()
    {
        cluster.Start();
        await cluster.ServedByAsync(1);
    }

    private Task<AdmissionAnswerSeen> AskAsync(string image, string @namespace) => cluster.Alice.CreateAsync($"api/v1/namespaces/{@namespace}/pods", cluster.Pod([image]), dryRun: true);

    private async Task<JsonNode> ObjectAsync(string image) => JsonNode.Parse((await cluster.Admin.GetAsync($"{Inventories}/{NameOf(image)}")).Text)!;

    private static string NameOf(string image) => new ImageKey(Digest.Parse(image[(image.IndexOf('@', StringComparison.Ordinal) + 1)..]), Platform.LinuxAmd64).ResourceName;
}
