using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.DenyLists;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Tests.DenyLists;

/// <summary>Who goes by the list cannot look closer: it must hold nothing that any pod might be let in with.</summary>
public sealed class DenialFinderTests : IAsyncLifetime
{
    private OperatorStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await OperatorStage.StartAsync(new OperatorOptions { AdmissionListen = new IPEndPoint(IPAddress.Loopback, 0) });
        foreach (var @namespace in new[] { "kube-system", "shop", "free" })
        {
            _stage.Server.Create("namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = @namespace } });
        }
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_bad_image_is_denied_where_a_policy_is_for_it()
    {
        Policy(new RiskRuleSpec { Name = "severe", Severity = "Critical" });
        var denial = Assert.Single((await FinderAsync()).Find());
        Assert.Equal([Samples.Digest('b').Value, "registry.example/web:1"], denial.Lines);
        Assert.Equal(["shop"], denial.Namespaces);
    }

    [Theory]
    [InlineData("Internet", null)]
    [InlineData(null, "Immediate")]
    public async Task A_rule_that_asks_how_a_workload_stands_is_left_out(string? exposure, string? priority)
    {
        Policy(new RiskRuleSpec { Name = "severe", Severity = "Critical", Exposure = exposure, Priority = priority });
        Assert.Empty((await FinderAsync()).Find());
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task What_runs_is_left_out_where_the_policy_lets_it_in_again(bool grace, bool denied)
    {
        Policy(new RiskRuleSpec { Name = "severe", Severity = "Critical" }, grace);
        _stage.House.State.Running.Set(Samples.Running("web", Samples.Workload("web"), Samples.Image('b')));
        Assert.Equal(denied, (await FinderAsync()).Find().Count > 0);
    }

    [Fact]
    public async Task What_is_accepted_for_one_workload_is_left_out_for_all_until_that_ends()
    {
        Policy(new RiskRuleSpec { Name = "severe", Severity = "Critical" });
        var (name, accepted) = (new ObjectKey("shop", "accepted"), new RiskExceptionSpec
        {
            Advisories = ["CVE-2021-1"],
            Workloads = ["Deployment/one"],
            Reason = "x",
            Expires = _stage.Clock.GetUtcNow().AddHours(1),
            Approved = true,
            RequestedBy = "alice",
            ApprovedBy = "bob",
        });
        _stage.House.State.Exceptions.Set(new ApprovalSubject(name), accepted, _stage.House.Approvals!.Of(new ApprovalSubject(name), accepted));
        var finder = await FinderAsync();
        Assert.Empty(finder.Find());
        _stage.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Single(finder.Find());
    }

    [Fact]
    public async Task The_map_is_written_once_and_again_when_something_changes()
    {
        Policy(new RiskRuleSpec { Name = "severe", Severity = "Critical" });
        var finder = await FinderAsync();
        var cluster = _stage.House.Cluster;
        var keeper = new DenyListKeeper(finder, cluster.Connection, cluster.Writes, new ObjectKey("free", "denied"), _stage.House.Environment);
        await keeper.LookAsync(default);
        await keeper.LookAsync(default);
        Assert.Equal("l1", Written()["shop"]!.GetValue<string>());
        Assert.Single(_stage.Server.Requests, request => request.IsWrite);

        _stage.House.State.Policies.Set("prod", null);
        await keeper.LookAsync(default);
        Assert.Null(Written()["shop"]);
        Assert.Equal(2, _stage.Server.Requests.Count(request => request.IsWrite));

        JsonNode Written() => JsonNode.Parse(_stage.Server.Requests.Last(request => request.IsWrite).Body)!["data"]!;
    }

    [Fact]
    public async Task What_somebody_else_makes_of_the_map_is_put_right_at_the_next_look()
    {
        Policy(new RiskRuleSpec { Name = "severe", Severity = "Critical" });
        var finder = await FinderAsync();
        var cluster = _stage.House.Cluster;
        var keeper = new DenyListKeeper(finder, cluster.Connection, cluster.Writes, new ObjectKey("free", "denied"), _stage.House.Environment);
        await keeper.LookAsync(default);
        var wished = Data();
        foreach (var change in (Action<JsonObject>[])[data => data["shop"] = "", data => data.Remove("shop"), data => data["bank"] = "l1", data => data.Clear()])
        {
            _stage.Server.Change("configmaps", "free", "denied", map => change(map["data"]!.AsObject()));
            await keeper.LookAsync(default);
            Assert.Equal(wished, Data());
        }

        _stage.Server.Delete("configmaps", "free", "denied");
        await keeper.LookAsync(default);
        Assert.Equal(wished, Data());

        string Data() => string.Join('\n', _stage.Server.Get("configmaps", "free", "denied")["data"]!.AsObject().OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"));
    }

    [Fact]
    public async Task What_somebody_else_wrote_is_neither_denied_nor_let_off()
    {
        Policy(new RiskRuleSpec { Name = "severe", Severity = "Critical" }, seal: false);
        var finder = await FinderAsync();
        Assert.Empty(finder.Find());
    }

    private void Policy(RiskRuleSpec rule, bool grace = true, bool seal = true)
    {
        var policies = _stage.House.State.Policies;
        policies.Set("prod", new RiskPolicyResource { Spec = new RiskPolicySpec { Selector = new PolicySelectorSpec { ExcludedNamespaces = ["free"] }, Action = "Deny", RunningGrace = grace, Rules = [rule] } });
        var finding = Samples.Finding("CVE-2021-1", Severity.Critical) with { KnownExploited = true, Vector = Samples.Vector };
        var hits = RuleMatcher.Match(policies.All, new PolicySubject(new ComponentInventory { Components = [] }, [finding], []));
        Create('b', "registry.example/web:1", HitLines.Of(hits, [], _stage.Clock.GetUtcNow(), 50_000).Lines, seal);
        Create('a', "registry.example/clean:1", [], seal);
    }

    private void Create(char digit, string name, ImmutableArray<string> hits, bool seal)
    {
        var image = new ImageInventory
        {
            Metadata = new ObjectMeta { Name = $"image-{digit}" },
            Spec = new ImageInventorySpec { Digest = Samples.Digest(digit).Value, Platform = "linux/amd64", Image = name },
            Report = new ImageInventoryReport { Source = "Layers", Policies = _stage.House.State.Policies.Marks, Hits = hits },
        };
        _stage.Create("imageinventories", seal ? _stage.Sealed(image) : image, ResourceJson.Default.ImageInventory);
    }

    private async Task<DenialFinder> FinderAsync()
    {
        await _stage.SeeAsync();
        var (house, state) = (_stage.House, _stage.House.State);
        return new DenialFinder(house.Seals.Inventories, house.Cluster.Namespaces, state.Running, state.Policies, state.Exceptions, house.Options.Exempt);
    }
}
