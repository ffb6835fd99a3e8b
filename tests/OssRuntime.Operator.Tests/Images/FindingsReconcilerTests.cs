using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Operator.Tests.Knowledge;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Images;

/// <summary>What days that pass and advisories that are edited do to what breaks rules. Each look is that of a process that has just started.</summary>
public sealed class FindingsReconcilerTests : IAsyncLifetime
{
    private static readonly ImageKey Key = Samples.Image('a');

    private readonly TemporaryDirectory _folder = new();
    private readonly StepClock _clock = new();
    private OperatorStage _stage = null!;
    private RiskPolicyResource? _policy;
    private bool _runs = true;

    public async ValueTask InitializeAsync() =>
        _stage = await OperatorStage.StartAsync(new OperatorOptions { Database = _folder["advisories.db"], Vex = [_folder["vex"]], Retention = TimeSpan.FromDays(1) }, clock: _clock);

    public async ValueTask DisposeAsync()
    {
        await _stage.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_advisory_that_is_edited_does_not_make_its_fix_new()
    {
        Rule("""{"name": "waiting", "fixableForDays": 14}""");
        await BuildAsync(Advisory("2026-11-01", "2.0.0"));
        Assert.Empty(await LookAsync("2026-11-10"));
        await BuildAsync(Advisory("2026-11-12", "2.0.0"));
        Assert.Empty(await LookAsync("2026-11-14"));
        Assert.Equal(["TEST-1 (Unknown) in pkg:npm/lodash@1.0.0"], await LookAsync("2026-11-15"));

        await BuildAsync(Advisory("2026-11-16", "2.0.0"));
        Assert.Single(await LookAsync("2026-11-16"));
    }

    [Fact]
    public async Task What_VEX_takes_back_is_counted_apart()
    {
        Rule("""{"name": "waiting", "fixableForDays": 14}""");
        await BuildAsync(Advisory("2026-11-01", "2.0.0"));
        await LookAsync("2026-11-10");
        var before = Counts();
        await File.WriteAllTextAsync(_folder["vex"], OpenVex.Of("TEST-1", "pkg:npm/lodash@1.0.0", "not_affected"), TestContext.Current.CancellationToken);
        await LookAsync("2026-11-10");

        Assert.Equal(((1, 0), (0, 1)), (before, Counts()));
    }

    [Fact]
    public async Task A_fix_of_which_nobody_says_since_when_is_known_since_it_was_first_seen()
    {
        Rule("""{"name": "waiting", "fixableForDays": 14}""");
        await BuildAsync(Advisory(null, "2.0.0"));
        Assert.Empty(await LookAsync("2026-11-10"));
        Assert.Empty(await LookAsync("2026-11-23"));
        Assert.Single(await LookAsync("2026-11-24"));
    }

    [Fact]
    public async Task A_fix_that_was_withdrawn_and_is_back_is_not_new_and_another_one_is()
    {
        Rule("""{"name": "waiting", "fixableForDays": 14}""");
        await BuildAsync(Advisory("2026-11-01", "2.0.0"));
        Assert.Single(await LookAsync("2026-11-15"));
        await BuildAsync(Advisory("2026-11-16", null));
        Assert.Empty(await LookAsync("2026-11-16"));
        await BuildAsync(Advisory("2026-11-17", "2.0.0"));
        Assert.Single(await LookAsync("2026-11-17"));
        await BuildAsync(Advisory("2026-11-18", "2.0.1"));
        Assert.Empty(await LookAsync("2026-11-18"));
        Assert.Empty(await LookAsync("2026-12-01"));
        Assert.Single(await LookAsync("2026-12-02"));
    }

    [Fact]
    public async Task A_version_comes_of_age_by_the_passing_of_a_day_alone()
    {
        Rule("""{"name": "young", "minimumAgeDays": 7, "ecosystems": ["npm"]}""");
        await BuildAsync(("versions/npm.tsv", "lodash\t1.0.0\t\t2026-11-10T23:59:59Z\n"));
        Assert.Equal(["pkg:npm/lodash@1.0.0 was published on 2026-11-10, less than 7 days ago"], await LookAsync("2026-11-16", TimeSpan.FromHours(12)));
        Assert.Empty(await LookAsync("2026-11-17"));
    }

    [Fact]
    public async Task A_version_of_which_nobody_says_when_it_was_published_breaks_no_rule()
    {
        Rule("""{"name": "young", "minimumAgeDays": 3650, "ecosystems": ["npm"]}""");
        await BuildAsync(("versions/npm.tsv", "lodash\t1.0.0\nlodash\t1.0.1\t\t2026-11-10\n"));
        Assert.Empty(await LookAsync("2026-11-16"));
    }

    [Fact]
    public async Task A_release_cycle_comes_near_its_end_by_the_passing_of_a_day_alone()
    {
        Rule("""{"name": "ending", "endOfLifeWithinDays": 30}""");
        var file = Path.Combine(AppContext.BaseDirectory, "Images/debian.json");
        await BuildAsync(("endoflife.date/api/v1/products/debian.json", await File.ReadAllTextAsync(file)));
        Assert.Empty(await LookAsync("2026-06-10", TimeSpan.FromHours(23)));
        Assert.Single(await LookAsync("2026-06-11"));
    }

    [Fact]
    public async Task An_inventory_grows_too_old_by_the_passing_of_a_day_alone()
    {
        Rule("""{"name": "old", "inventoryOlderThanDays": 14}""");
        await BuildAsync(Advisory("2026-11-01", "2.0.0"));
        Assert.Empty(await LookAsync("2026-11-01"));
        Assert.Empty(await LookAsync("2026-11-14", TimeSpan.FromHours(23)));
        Assert.Single(await LookAsync("2026-11-15"));
    }

    [Fact]
    public async Task Days_that_somebody_else_wrote_do_not_count()
    {
        Rule("""{"name": "waiting", "fixableForDays": 14}""");
        await BuildAsync(Advisory(null, "2.0.0"));
        Assert.Empty(await LookAsync("2026-11-10"));
        _stage.Server.Change("imageinventories", null, Key.ResourceName, image => image["report"]!["fixes"] = image["report"]!["fixes"]!.GetValue<string>().Replace("2026-11-10", "2026-01-01", StringComparison.Ordinal));
        Assert.Empty(await LookAsync("2026-11-11"));
        Assert.Single(await LookAsync("2026-11-25"));
    }

    [Fact]
    public async Task The_name_that_somebody_else_gave_the_digest_of_an_image_that_nobody_runs_is_not_made_our_own()
    {
        Rule("""{"name": "waiting", "fixableForDays": 14}""");
        await BuildAsync(Advisory("2026-11-01", "2.0.0"));
        await LookAsync("2026-11-10");
        _runs = false;
        _stage.Server.Change("imageinventories", null, Key.ResourceName, image => image["spec"]!["image"] = "registry.example/another:1");
        await LookAsync("2026-11-10", TimeSpan.FromHours(1), unused: true);
        var resource = _stage.Server.Get("imageinventories", null, Key.ResourceName);
        Assert.Equal("", resource["spec"]!["image"]!.GetValue<string>());
        Assert.NotNull(resource["metadata"]!["annotations"]![ReportSeal.Annotation]);
        Assert.Equal("2026-11-10T01:00:00", resource["status"]!["unusedSince"]!.GetValue<string>()[..19]);

        // Nor the time since when nobody does.
        _stage.Server.Change("imageinventories", null, Key.ResourceName, image => image["status"]!["unusedSince"] = "2026-10-01T00:00:00Z", "status");
        await LookAsync("2026-11-10", TimeSpan.FromHours(2), unused: true);
        Assert.Equal("2026-11-10T02:00:00", _stage.Server.Get("imageinventories", null, Key.ResourceName)["status"]!["unusedSince"]!.GetValue<string>()[..19]);
    }

    [Fact]
    public async Task After_a_restart_the_object_stays_until_all_pods_are_known_and_this_process_knows_already()
    {
        await BuildAsync(Advisory("2026-11-01", "2.0.0"));
        _stage.AddNode();
        var late = _stage.AddPod("late", image: "registry.example/a:1");
        var early = _stage.AddPod("early", image: "registry.example/b:1");
        await RestartAsync();
        await _stage.WorkAsync();
        Assert.Equal("registry.example/a:1", Name());

        // Who knows only the second pod would give the image another name.
        await RestartAsync();
        await _stage.ReconcileAsync("pod", early);
        var before = Stored().ToJsonString();
        await _stage.ReconcileAsync("findings", Key);
        Assert.Equal(before, Stored().ToJsonString());
        Assert.Equal((ImageState.Inventoried, 1), (_stage.House.State.Facts.Find(Key)!.State, _stage.House.State.Facts.Find(Key)!.Findings));

        await _stage.ReconcileAsync("pod", late);
        _stage.Server.Delete("pods", "shop", "late");
        await _stage.WorkAsync();
        Assert.Equal("registry.example/b:1", Name());

        string? Name() => (string?)Stored()["spec"]!["image"];
    }

    [Fact]
    public async Task After_a_restart_no_image_is_taken_for_unused_before_all_pods_are_known()
    {
        await BuildAsync(Advisory("2026-11-01", "2.0.0"));
        _stage.AddNode();
        _stage.AddPod("web");
        await RestartAsync();
        await _stage.WorkAsync();
        await RestartAsync();
        var before = Stored().ToJsonString();
        Assert.Equal(Result.Done, await _stage.ReconcileAsync("findings", Key));
        Assert.Equal(before, Stored().ToJsonString());
    }

    [Fact]
    public async Task An_image_that_cannot_be_read_any_more_keeps_what_its_report_says_and_no_verdict()
    {
        await BuildAsync(Advisory("2026-11-01", "2.0.0"));
        _stage.AddNode();
        var pod = _stage.AddPod("web");
        await RestartAsync();
        await _stage.WorkAsync();
        var before = Stored()["report"]!;

        await _stage.RestartAsync();
        _stage.House.Sources.Store.ForgetInventory(Key.Digest, Key.Platform);
        await _stage.OpenAsync();
        await _stage.ReconcileAsync("pod", pod);
        _stage.House.State.Attempts.Set(Key, new InventoryAttempt("RegistryUnreachable", "nobody answers", Retryable: true, 1, default));
        await _stage.ReconcileAsync("findings", Key);

        var now = Stored()["report"]!;
        Assert.Equal((before["findings"]!.ToJsonString(), before["counts"]!.ToJsonString()), (now["findings"]!.ToJsonString(), now["counts"]!.ToJsonString()));
        var inventoried = Stored()["status"]!["conditions"]!.AsArray().Single(condition => (string?)condition!["type"] == "Inventoried")!;
        Assert.Equal(("False", "RegistryUnreachable"), ((string?)inventoried["status"], (string?)inventoried["reason"]));
        var facts = _stage.House.State.Facts.Find(Key)!;
        Assert.Equal((ImageState.Failed, true, 1), (facts.State, facts.IsRemembered, facts.Counts.Unknown));
    }

    [Fact]
    public async Task An_image_that_nobody_runs_any_more_is_kept_for_its_time_and_goes_then()
    {
        await BuildAsync(Advisory("2026-11-01", "2.0.0"));
        _stage.AddNode();
        _stage.AddPod("web");
        await RestartAsync();
        await _stage.WorkAsync();
        _stage.Server.Delete("pods", "shop", "web");
        await _stage.WorkAsync();
        Assert.NotNull(Stored()["status"]!["unusedSince"]);

        _stage.Clock.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        await _stage.WorkAsync();
        Assert.NotNull(_stage.Find("imageinventories", null, Key.ResourceName));
        _stage.Clock.Advance(TimeSpan.FromSeconds(1));
        await _stage.WorkAsync();
        Assert.Null(_stage.Find("imageinventories", null, Key.ResourceName));
        Assert.Null(_stage.House.State.Facts.Find(Key));
    }

    private JsonObject Stored() => _stage.Server.Get("imageinventories", null, Key.ResourceName);

    // A process that has read the image once, and no pod yet.
    private async Task RestartAsync()
    {
        await _stage.RestartAsync();
        _stage.Keep(Key, Samples.Component("lodash"));
        await _stage.OpenAsync();
    }

    private void Rule(string rule) => _policy = JsonSerializer.Deserialize(
        $$$"""{"metadata": {"name": "prod"}, "spec": {"action": "Deny", "rules": [{{{rule}}}] } }""", ResourceJson.Default.RiskPolicyResource)!;

    private static (string, string) Advisory(string? changed, string? fixedIn)
    {
        var modified = changed is null ? "" : $"\"modified\": \"{changed}T12:00:00Z\",";
        var end = fixedIn is null ? "" : ", {\"fixed\": \"" + fixedIn + "\"}";
        return ("osv/npm/TEST-1.json", $$$"""
            {"id": "TEST-1", {{{modified}}} "affected": [{"package": {"ecosystem": "npm", "name": "lodash"},
             "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}{{{end}}}]}]}]}
            """);
    }

    private async Task BuildAsync((string Path, string Text) feed)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder["feeds/" + feed.Path])!);
        await File.WriteAllTextAsync(_folder["feeds/" + feed.Path], feed.Text);
        await new DatabaseBuilder().BuildAsync([new FeedRoot(_folder["feeds"])], _folder["advisories.db"]);
    }

    /// <summary>What breaks the rule, as the object says. The rule asks for another look within the day; a test says after how long.</summary>
    private async Task<string[]> LookAsync(string day, TimeSpan time = default, bool unused = false)
    {
        _clock.SetUtcNow(new DateTimeOffset(DateOnly.Parse(day).ToDateTime(TimeOnly.FromTimeSpan(time)), TimeSpan.Zero));
        await _stage.RestartAsync();
        _stage.Keep(Key, Samples.Component("lodash"));
        Assert.True(_stage.House.State.Policies.Set("prod", _policy));
        await _stage.OpenAsync();
        if (_runs)
        {
            _stage.House.State.Running.Set(Samples.Running("web", Samples.Workload("web"), Key));
        }

        var result = await _stage.ReconcileAsync("findings", Key);

        // Whatever the rule says today, tomorrow is looked at again.
        Assert.True(unused || result.Delay == TimeSpan.FromDays(1) - time);
        var hits = _stage.Server.Get("imageinventories", null, Key.ResourceName)["report"]!["hits"]?.AsArray() ?? [];
        return [.. hits.Select(line => JsonDocument.Parse(line!.GetValue<string>()).RootElement.GetProperty("text").GetString()!)];
    }

    private (int Unknown, int SetAside) Counts()
    {
        var counts = _stage.Server.Get("imageinventories", null, Key.ResourceName)["report"]!["counts"]!;
        return (counts["unknown"]!.GetValue<int>(), counts["setAside"]!.GetValue<int>());
    }
}
