using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.State;
using OssRuntime.Operator.Tests.Knowledge;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Workloads;

/// <summary>A report stands as long as its workload runs, and is never replaced by one that knows less.</summary>
public sealed class WorkloadReconcilerTests : IAsyncLifetime
{
    private const string Report = "deployment-web";

    private readonly TemporaryDirectory _folder = new();
    private OperatorStage _stage = null!;
    private ObjectKey _pod;

    private WorkloadKey Web => _stage.House.State.Running.Find(_pod)!.Workload;

    public async ValueTask InitializeAsync()
    {
        await SmallDatabase.BuildAsync(_folder["advisories.db"]);
        _stage = await OperatorStage.StartAsync(new OperatorOptions { Database = _folder["advisories.db"] });
        _stage.AddNode();
        _pod = _stage.AddPod("web-1-x", _stage.AddDeployment());
        _stage.Keep(Samples.Image('a'), Samples.Component("lodash"));
    }

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_report_says_what_is_known_and_is_written_once()
    {
        await StartAsync();
        Assert.Contains("CVE-2026-1", Findings(), StringComparison.Ordinal);
        Assert.Equal(("True", "AllImagesInventoried"), Condition("Covered"));
        Assert.Null(Find(Stored(), "OwnersRead"));

        var writes = Writes;
        await _stage.ReconcileAsync("workload", Web);
        Assert.Equal(writes, Writes);
    }

    [Fact]
    public async Task A_report_stays_while_its_images_are_read_again()
    {
        await StartAsync();
        await RestartWithoutInventoryAsync();
        var before = Stored().ToJsonString();
        _stage.House.State.Facts.Set(Remembered(ImageState.Pending, "Pending"));

        await _stage.ReconcileAsync("workload", Web);

        Assert.Equal(before, Stored().ToJsonString());
        Assert.Contains("""ossruntime_workload_findings{namespace="shop",kind="Deployment",workload="web",severity="unknown"} 1""", await _stage.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_whose_images_cannot_be_read_any_more_stays_and_says_that_it_is_not_of_now()
    {
        await StartAsync();
        await RestartWithoutInventoryAsync();
        var before = Stored()["report"]!.ToJsonString();
        _stage.House.State.Facts.Set(Remembered(ImageState.Failed, "RegistryUnreachable"));

        await _stage.ReconcileAsync("workload", Web);

        Assert.Equal(before, Stored()["report"]!.ToJsonString());
        Assert.Equal(("False", "ImagesUnreadable"), Condition("Covered"));
        Assert.Contains("1 of 1 images cannot be judged now: RegistryUnreachable: nobody answers", Find(Stored(), "Covered")!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(("False", "Complete"), Condition("Truncated"));
        Assert.Contains("severity=\"unknown\"} 1", await _stage.MetricsAsync(), StringComparison.Ordinal);

        // Read again at last, it is of now.
        _stage.Keep(Samples.Image('a'), Samples.Component("lodash", "2.0.0"));
        await _stage.ReconcileAsync("findings", Samples.Image('a'));
        await _stage.WorkAsync();
        Assert.DoesNotContain("CVE-2026-1", Findings(), StringComparison.Ordinal);
        Assert.Equal(("True", "AllImagesInventoried"), Condition("Covered"));
    }

    [Fact]
    public async Task A_report_that_somebody_else_changed_is_not_what_is_kept()
    {
        await StartAsync();
        await RestartWithoutInventoryAsync();
        _stage.Server.Change("workloadreports", "shop", Report, report => report["report"]!["findings"] = new JsonArray());
        await _stage.SeeAsync();
        _stage.House.State.Facts.Set(Remembered(ImageState.Failed, "RegistryUnreachable"));

        await _stage.ReconcileAsync("workload", Web);

        Assert.Contains("CVE-2026-1", Findings(), StringComparison.Ordinal);
        Assert.Equal(("False", "ImagesFailed"), Condition("Covered"));
    }

    [Fact]
    public async Task An_image_that_is_new_to_the_workload_is_shown_as_pending_beside_those_that_are_known()
    {
        await StartAsync();
        _stage.AddPod("web-1-y", _stage.House.Cluster.Pods.Get(_pod)!.Controller! with { Controller = true }, "registry.example/new:1", Samples.Digest('b').Value);
        await _stage.SeeAsync();
        await _stage.ReconcileAsync("pod", new ObjectKey("shop", "web-1-y"));

        // Until it has had its turn, the report stays; then it says that the image waits.
        _stage.House.State.Facts.Set(RememberedFacts.Of(Samples.Image('b'), ImageState.Pending, "Pending", "the image waits to be read", null));
        await _stage.ReconcileAsync("workload", Web);
        Assert.Equal(("False", "ImagesPending"), Condition("Covered"));
        Assert.Contains("CVE-2026-1", Findings(), StringComparison.Ordinal);
        Assert.Equal(2, Stored()["report"]!["pods"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_report_of_before_stays_until_every_pod_of_the_start_was_looked_at()
    {
        await StartAsync();
        _stage.AddPod("late", _stage.AddDeployment("late"));
        await _stage.RestartAsync();
        await _stage.OpenAsync();
        await _stage.ReconcileAsync("pod", _pod);
        _stage.Server.Change("deployments", "shop", "web", live => live["metadata"]!["annotations"] = new JsonObject { ["ossruntime.io/exposure"] = "Internet" });
        await _stage.SeeAsync();
        var before = Stored().ToJsonString();
        await _stage.ReconcileAsync("findings", Samples.Image('a'));
        await _stage.ReconcileAsync("workload", Web);
        Assert.Equal(before, Stored().ToJsonString());

        await _stage.WorkAsync();
        Assert.Equal("Internet", Stored()["report"]!["exposure"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_known_is_exported_although_the_report_is_refused_and_the_failure_is_counted()
    {
        _stage.Server.Fail("apply", "workloadreports", Fault.Status(403, "Forbidden"));
        await StartAsync();

        Assert.Single(_stage.Failures);
        Assert.Null(_stage.Find("workloadreports", "shop", Report));
        var metrics = await _stage.MetricsAsync();
        Assert.Contains("""workload="web",severity="unknown"} 1""", metrics, StringComparison.Ordinal);
        Assert.Contains("""ossruntime_report_write_failures_total{kind="WorkloadReport",reason="Forbidden"} 1""", metrics, StringComparison.Ordinal);
        Assert.Contains("""ossruntime_reports_unwritten{kind="WorkloadReport"} 1""", metrics, StringComparison.Ordinal);

        _stage.Clock.Advance(TimeSpan.FromMinutes(1));
        await _stage.WorkAsync();
        Assert.Contains("CVE-2026-1", Findings(), StringComparison.Ordinal);
        Assert.Contains("""ossruntime_reports_unwritten{kind="WorkloadReport"} 0""", await _stage.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_goes_with_the_last_pod_of_its_workload_and_its_series_too()
    {
        await StartAsync();
        _stage.Server.Delete("pods", "shop", _pod.Name);
        await _stage.WorkAsync();
        Assert.Null(_stage.Find("workloadreports", "shop", Report));
        Assert.DoesNotContain("workload=\"web\"", await _stage.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_report_goes_while_the_owner_of_a_pod_of_its_namespace_is_in_doubt()
    {
        await StartAsync();
        var web = Web;
        await _stage.RestartAsync();
        await _stage.OpenAsync();
        _stage.Server.Fail("get", "replicasets", Fault.Status(500, "InternalError"));
        await _stage.ReconcileAsync("pod", _pod);
        Assert.Equal("ReplicaSet", Web.Kind);

        Assert.Equal(Result.After(TimeSpan.FromMinutes(1)), await _stage.ReconcileAsync("workload", web));
        Assert.NotNull(_stage.Find("workloadreports", "shop", Report));

        // Nor is there one under the name that is only the revision's.
        Assert.Equal(Result.After(TimeSpan.FromMinutes(1)), await _stage.ReconcileAsync("workload", Web));
        Assert.Null(_stage.Find("workloadreports", "shop", Web.ReportName));

        _stage.Clock.Advance(TimeSpan.FromSeconds(10));
        await _stage.ReconcileAsync("pod", _pod);
        Assert.Equal(web, Web);
        await _stage.WorkAsync();
        Assert.NotNull(_stage.Find("workloadreports", "shop", Report));
    }

    [Fact]
    public async Task What_is_in_doubt_for_too_long_is_said_under_the_name_that_is_known_and_why()
    {
        _stage.Server.Fail("get", "replicasets", [.. Enumerable.Repeat(Fault.Status(500, "InternalError"), 100)]);
        await StartAsync();
        Assert.Equal("ReplicaSet", Web.Kind);
        Assert.Null(_stage.Find("workloadreports", "shop", Web.ReportName));
        for (var minute = 0; minute < 6; minute++)
        {
            _stage.Clock.Advance(TimeSpan.FromMinutes(1));
            await _stage.WorkAsync();
        }

        var conditions = Find(_stage.Find("workloadreports", "shop", Web.ReportName)!, "OwnersRead")!;
        Assert.Equal("OwnerUnreadable", conditions["reason"]!.GetValue<string>());
        Assert.Contains("ReplicaSet web-1 cannot be read", conditions["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_somebody_deletes_is_written_again()
    {
        await StartAsync();
        _stage.Server.Delete("workloadreports", "shop", Report);
        await _stage.WorkAsync();
        Assert.Contains("CVE-2026-1", Findings(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_that_somebody_changes_is_put_right()
    {
        await StartAsync();
        _stage.Server.Change("workloadreports", "shop", Report, report => report["report"]!["findings"] = new JsonArray());
        await _stage.WorkAsync();
        Assert.Contains("CVE-2026-1", Findings(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_workloads_that_live_and_have_one_name_do_not_fight_over_it()
    {
        await StartAsync();
        var first = Web;
        var second = first with { Uid = "made anew" };
        _stage.House.State.Running.Set(Samples.Running("other", second, Samples.Image('a')));
        var writes = Writes;
        for (var round = 0; round < 3; round++)
        {
            Assert.Equal(Result.Done, await _stage.ReconcileAsync("workload", second));
            Assert.Equal(Result.Done, await _stage.ReconcileAsync("workload", first));
        }

        Assert.Equal((writes, first.Uid), (Writes, Owner()));

        // The first ends: its name is free.
        _stage.Server.Delete("pods", "shop", _pod.Name);
        await _stage.WorkAsync();
        Assert.Equal(second.Uid, Owner());
    }

    private int Writes => _stage.Server.Requests.Count(request => request is { IsWrite: true, Plural: "workloadreports" });

    private async Task StartAsync()
    {
        await _stage.OpenAsync();
        await _stage.WorkAsync();
    }

    // A process that has lost what it had read, and has looked at all pods.
    private async Task RestartWithoutInventoryAsync()
    {
        await _stage.RestartAsync();
        _stage.House.Sources.Store.ForgetInventory(Samples.Image('a').Digest, Samples.Image('a').Platform);
        await _stage.OpenAsync();
        await _stage.ReconcileAsync("pod", _pod);
    }

    private ImageFacts Remembered(ImageState state, string reason) => RememberedFacts.Of(
        Samples.Image('a'), state, reason, "nobody answers", _stage.House.Seals.Inventories.Find(new ObjectKey(null, Samples.Image('a').ResourceName))!.Report);

    private JsonObject Stored() => _stage.Server.Get("workloadreports", "shop", Report);

    private string Findings() => Stored()["report"]!["findings"]?.ToJsonString() ?? "";

    private string Owner() => Stored()["metadata"]!["ownerReferences"]![0]!["uid"]!.GetValue<string>();

    private (string?, string?) Condition(string type) => ((string?)Find(Stored(), type)?["status"], (string?)Find(Stored(), type)?["reason"]);

    private static JsonNode? Find(JsonObject report, string type) => report["status"]!["conditions"]!.AsArray().FirstOrDefault(condition => (string?)condition!["type"] == type);
}
