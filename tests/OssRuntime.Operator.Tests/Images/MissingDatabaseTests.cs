using System.Text.Json.Nodes;
using OssRuntime.Model.Packages;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Hosting;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Tests.Knowledge;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Images;

/// <summary>Without a database, or with one that says nothing of an image, nothing is called clean: what was known stays, and what is not known is no zero.</summary>
public sealed class MissingDatabaseTests : IAsyncDisposable
{
    private const string Report = "deployment-web";

    private readonly TemporaryDirectory _folder = new();
    private readonly StepClock _clock = new();
    private OperatorStage _stage = null!;

    private static ImageKey Key => Samples.Image('a');

    private string Database => _folder["advisories.db"];

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_image_that_was_never_matched_has_no_numbers()
    {
        await StartAsync(new OperatorOptions { Database = Database }, Samples.Component("lodash"));

        var report = Image()["report"]!;
        Assert.Null(report["counts"]);
        Assert.Equal("Nothing", (string?)report["checked"]!["state"]);
        Assert.Equal("NoDatabase 1 components 0 places: ", (string?)report["checked"]!["unchecked"]![0]);
        Assert.Equal(("False", "NoDatabase"), Condition(Image(), "Matched"));
        Assert.Equal("Unknown", Condition(Image(), "Truncated").Status);
        Assert.Equal(("False", "ImagesNotChecked"), Condition(Workload(), "Covered"));
        Assert.Null(Workload()["report"]!["counts"]);
        Assert.Null(Workload()["report"]!["priorities"]);
        var metrics = await _stage.MetricsAsync();
        Assert.DoesNotContain("ossruntime_workload_findings{", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("ossruntime_workload_priority{", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("ossruntime_workload_malicious{", metrics, StringComparison.Ordinal);
        Assert.Contains("""ossruntime_workload_unchecked_components{namespace="shop",kind="Deployment",workload="web"} 1""", metrics, StringComparison.Ordinal);
        Assert.Contains("""ossruntime_images{namespace="shop",state="unchecked",reason="NoDatabase"} 1""", metrics, StringComparison.Ordinal);
        Assert.Contains("""ossruntime_images{namespace="shop",state="discovered",reason=""} 1""", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_of_before_stays_and_says_since_when_it_is_stale()
    {
        await SmallDatabase.BuildAsync(Database);
        await StartAsync(new OperatorOptions { Database = Database }, Samples.Component("lodash"));
        var (image, workload) = (Image()["report"]!.ToJsonString(), Workload()["report"]!.ToJsonString());
        var series = Series(await _stage.MetricsAsync());
        Assert.Contains(series, line => line.Contains("severity=\"unknown\"", StringComparison.Ordinal) && line.EndsWith(" 1", StringComparison.Ordinal));

        LoseDatabase();
        _clock.Advance(TimeSpan.FromHours(1));
        await RestartAsync();

        Assert.Equal((image, workload), (Image()["report"]!.ToJsonString(), Workload()["report"]!.ToJsonString()));
        Assert.Equal(series, Series(await _stage.MetricsAsync()));
        var matched = Find(Image(), "Matched");
        Assert.StartsWith("stale: there is no advisory database", (string?)matched["message"], StringComparison.Ordinal);
        Assert.Equal(_clock.GetUtcNow().UtcDateTime, DateTime.Parse((string)matched["lastTransitionTime"]!).ToUniversalTime(), TimeSpan.FromSeconds(2));
        Assert.Equal(("False", "NoDatabase"), Condition(Workload(), "Covered"));

        await SmallDatabase.BuildAsync(Database);
        await RestartAsync();
        Assert.Equal((image, workload), (Image()["report"]!.ToJsonString(), Workload()["report"]!.ToJsonString()));
        Assert.Equal(("True", "Matched"), Condition(Image(), "Matched"));
        Assert.Equal(("True", "AllImagesInventoried"), Condition(Workload(), "Covered"));
    }

    [Fact]
    public async Task While_a_database_is_being_built_nothing_is_written()
    {
        await SmallDatabase.BuildAsync(Database);
        var options = new OperatorOptions { Feeds = [_folder["feeds"]] };
        _stage = await OperatorStage.StartAsync(options, clock: _clock);
        File.Copy(Database, Path.Combine(_stage.StateFolder, "advisories.db"));
        await _stage.RestartAsync();
        await WorkAsync(Samples.Component("lodash"));
        var (image, workload) = (Image().ToJsonString(), Workload().ToJsonString());
        var series = Series(await _stage.MetricsAsync());

        File.Delete(Path.Combine(_stage.StateFolder, "advisories.db"));
        await RestartAsync();
        Assert.Equal((image, workload), (Image().ToJsonString(), Workload().ToJsonString()));
        Assert.Equal(series, Series(await _stage.MetricsAsync()));

        // Nobody waits for ever.
        _clock.Advance(TimeSpan.FromMinutes(11));
        await _stage.WorkAsync();
        Assert.Equal(("False", "NoDatabase"), Condition(Image(), "Matched"));
        Assert.Equal(JsonNode.Parse(image)!["report"]!.ToJsonString(), Image()["report"]!.ToJsonString());
        Assert.Equal(series, Series(await _stage.MetricsAsync()));
    }

    [Fact]
    public async Task A_database_that_cannot_be_opened_is_named()
    {
        await File.WriteAllTextAsync(Database, "this is not a database", TestContext.Current.CancellationToken);
        await StartAsync(new OperatorOptions { Database = Database }, Samples.Component("lodash"));
        Assert.Contains("advisories.db is not in use: ", (string?)Find(Image(), "Matched")["message"], StringComparison.Ordinal);

        // Readiness says so until there is one that can be opened.
        var readiness = new Readiness(_stage.House.State.Backlog, _stage.House.Cluster.Informers);
        readiness.Refuse(_stage.House.Knowledge.Absence);
        readiness.Ready();
        Assert.False(readiness.IsReady);
        Assert.Contains("advisories.db is not in use: ", readiness.Text, StringComparison.Ordinal);
        await SmallDatabase.BuildAsync(Database);
        _stage.House.Knowledge.Look();
        Assert.Equal((true, "ok"), (readiness.IsReady, readiness.Text));
    }

    [Fact]
    public async Task An_image_that_the_database_says_nothing_of_is_not_covered()
    {
        await SmallDatabase.BuildAsync(Database);
        await StartAsync(new OperatorOptions { Database = Database }, Debian("apt"), Debian("bash"));

        Assert.Equal(("False", "NothingCovered"), Condition(Image(), "Matched"));
        Assert.Equal("2 of 2 components NOT CHECKED: no advisories for Debian 12 in this database", (string?)Find(Image(), "Matched")["message"]);
        Assert.Null(Image()["report"]!["counts"]);
        Assert.Equal(("False", "ImagesNotChecked"), Condition(Workload(), "Covered"));
        Assert.Equal(("False", "NothingCovered"), Condition(Workload(), "Matched"));
        Assert.Equal((0, 1), Coverage());
        Assert.DoesNotContain("ossruntime_workload_findings{", await _stage.MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_of_which_a_part_was_checked_says_which()
    {
        await SmallDatabase.BuildAsync(Database);
        await StartAsync(new OperatorOptions { Database = Database }, Samples.Component("lodash"), Debian("apt"));

        Assert.Equal(("False", "PartlyCovered"), Condition(Image(), "Matched"));
        Assert.Equal("1 of 2 components checked; not checked: no advisories for Debian 12 in this database", (string?)Find(Image(), "Matched")["message"]);
        Assert.Equal(1, (int)Image()["report"]!["counts"]!["unknown"]!);
        Assert.Equal(("True", "AllImagesInventoried"), Condition(Workload(), "Covered"));
        Assert.Equal(("False", "PartlyCovered"), Condition(Workload(), "Matched"));
        var metrics = await _stage.MetricsAsync();
        Assert.Contains("""ossruntime_images{namespace="shop",state="partly",reason="EcosystemNotCovered"} 1""", metrics, StringComparison.Ordinal);
        Assert.Contains("""ossruntime_workload_findings{namespace="shop",kind="Deployment",workload="web",severity="critical"} 0""", metrics, StringComparison.Ordinal);
        Assert.Contains("""ossruntime_workload_unchecked_components{namespace="shop",kind="Deployment",workload="web"} 1""", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starts_without_and_then_with_a_database_over_several_workloads_change_no_series_and_lose_no_finding()
    {
        const int Workloads = 6;
        const int Images = 2;
        await SmallDatabase.BuildAsync(Database);
        _stage = await OperatorStage.StartAsync(new OperatorOptions { Database = Database }, clock: _clock);
        _stage.AddNode();
        for (var i = 0; i < Images; i++)
        {
            _stage.Keep(KeyOf(i), Samples.Component(i % 2 == 0 ? "lodash" : "left-pad"));
        }

        for (var i = 0; i < Workloads; i++)
        {
            _stage.AddPod($"web{i}-1-x", _stage.AddDeployment($"web{i}"), digest: KeyOf(i % Images).Digest.Value);
        }

        await _stage.OpenAsync();
        await _stage.WorkAsync();
        var (series, reports) = (Series(await _stage.MetricsAsync()), Reports());
        Assert.Equal(Workloads / 2, reports.Count(report => report.Contains("CVE-2026-1", StringComparison.Ordinal)));

        LoseDatabase();
        await RestartAsync();
        Assert.Equal(series, Series(await _stage.MetricsAsync()));
        Assert.Equal(reports, Reports());

        await SmallDatabase.BuildAsync(Database);
        await RestartAsync();
        Assert.Equal(series, Series(await _stage.MetricsAsync()));
        Assert.Equal(reports, Reports());

        List<string> Reports() => [.. Enumerable.Range(0, Workloads).Select(i => _stage.Server.Get("workloadreports", "shop", $"deployment-web{i}")["report"]!.ToJsonString())];
    }

    private static ImageKey KeyOf(int image) => new(Model.Images.Digest.Parse($"sha256:{image:x64}"), Model.Images.Platform.LinuxAmd64);

    private static Component Debian(string name) => Samples.Component(name) with
    {
        Purl = PackageUrl.TryParse($"pkg:deb/debian/{name}@1?distro=debian-12", out var purl, out var error) ? purl! : throw new FormatException(error),
        Ecosystem = new Ecosystem("Debian", "12"),
        Type = ComponentType.OsPackage,
    };

    private async Task StartAsync(OperatorOptions options, params Component[] components)
    {
        _stage = await OperatorStage.StartAsync(options, clock: _clock);
        await WorkAsync(components);
    }

    private async Task WorkAsync(params Component[] components)
    {
        _stage.AddNode();
        _stage.AddPod("web-1-x", _stage.AddDeployment());
        _stage.Keep(Key, components);
        await _stage.OpenAsync();
        await _stage.WorkAsync();
    }

    private async Task RestartAsync()
    {
        await _stage.RestartAsync();
        await _stage.OpenAsync();
        await _stage.WorkAsync();
    }

    private void LoseDatabase()
    {
        File.Delete(Database);
        File.Delete(Path.Combine(_stage.StateFolder, "adopted.db"));
    }

    private JsonObject Image() => _stage.Server.Get("imageinventories", null, Key.ResourceName);

    private JsonObject Workload() => _stage.Server.Get("workloadreports", "shop", Report);

    private (int Inventoried, int Unchecked) Coverage() =>
        ((int?)Workload()["report"]!["coverage"]!["checked"] ?? 0, (int?)Workload()["report"]!["coverage"]!["unchecked"] ?? 0);

    private static List<string> Series(string metrics) => [.. metrics.Split('\n').Where(line => line.StartsWith("ossruntime_workload_", StringComparison.Ordinal) && line.Contains('{', StringComparison.Ordinal))];

    private static JsonObject Find(JsonObject resource, string type) =>
        resource["status"]!["conditions"]!.AsArray().Single(condition => (string?)condition!["type"] == type)!.AsObject();

    private static (string? Status, string? Reason) Condition(JsonObject resource, string type) => ((string?)Find(resource, type)["status"], (string?)Find(resource, type)["reason"]);
}
