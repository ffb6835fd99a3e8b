using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Operator.DenyLists;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Rules;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.DenyLists;

/// <summary>Who goes by the list cannot look closer: it must hold nothing that any pod might be let in with.</summary>
public sealed class DenialFinderTests : IAsyncLifetime
{
    private readonly StepClock _clock = new();
    private readonly PolicySet _policies = new();
    private readonly RunningPods _running = new();
    private readonly CancellationTokenSource _stop = new();
    private FakeApiServer _server = null!;
    private KubernetesConnection _connection = null!;
    private InformerRegistry _informers = null!;
    private ExceptionSet _exceptions = null!;
    private Task _run = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _exceptions = new ExceptionSet(_clock);
        _server = await FakeApiServer.StartAsync(
            null,
            new FakeKind("ossruntime.io", "v1alpha1", "imageinventories", "ImageInventory", false),
            // Whose path begins with the other's.
            new FakeKind("", "v1", "configmaps", "ConfigMap", true),
            new FakeKind("", "v1", "namespaces", "Namespace", false));
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment());
        foreach (var @namespace in new[] { "kube-system", "shop", "free" })
        {
            _server.Create("namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = @namespace } });
        }
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
        _running.Set(Samples.Running("web", Samples.Workload("web"), Samples.Image('b')));
        Assert.Equal(denied, (await FinderAsync()).Find().Count > 0);
    }

    [Fact]
    public async Task What_is_accepted_for_one_workload_is_left_out_for_all_until_that_ends()
    {
        Policy(new RiskRuleSpec { Name = "severe", Severity = "Critical" });
        _exceptions.Set(new ObjectKey("shop", "accepted"), new RiskExceptionSpec
        {
            Advisories = ["CVE-2021-1"], Workloads = ["Deployment/one"], Reason = "x", Expires = _clock.GetUtcNow().AddHours(1), Approved = true, RequestedBy = "alice", ApprovedBy = "bob",
        });
        var finder = await FinderAsync();
        Assert.Empty(finder.Find());
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Single(finder.Find());
    }

    [Fact]
    public async Task The_map_is_written_once_and_again_when_something_changes()
    {
        Policy(new RiskRuleSpec { Name = "severe", Severity = "Critical" });
        var finder = await FinderAsync();
        using var budget = new WriteBudget(_connection.Environment);
        var keeper = new DenyListKeeper(finder, _connection, budget, new ObjectKey("free", "denied"), _connection.Environment);
        await keeper.LookAsync(default);
        await keeper.LookAsync(default);
        Assert.Equal("l1", Written()["shop"]!.GetValue<string>());
        Assert.Single(_server.Requests, request => request.IsWrite);

        _policies.Set("prod", null);
        await keeper.LookAsync(default);
        Assert.Null(Written()["shop"]);
        Assert.Equal(2, _server.Requests.Count(request => request.IsWrite));

        JsonNode Written() => JsonNode.Parse(_server.Requests.Last(request => request.IsWrite).Body)!["data"]!;
    }

    [Fact]
    public async Task What_somebody_else_makes_of_the_map_is_put_right_at_the_next_look()
    {
        Policy(new RiskRuleSpec { Name = "severe", Severity = "Critical" });
        var finder = await FinderAsync();
        using var budget = new WriteBudget(_connection.Environment);
        var keeper = new DenyListKeeper(finder, _connection, budget, new ObjectKey("free", "denied"), _connection.Environment);
        await keeper.LookAsync(default);
        var wished = Data();
        foreach (var change in (Action<JsonObject>[])[data => data["shop"] = "", data => data.Remove("shop"), data => data["bank"] = "l1", data => data.Clear()])
        {
            _server.Change("configmaps", "free", "denied", map => change(map["data"]!.AsObject()));
            await keeper.LookAsync(default);
            Assert.Equal(wished, Data());
        }

        _server.Delete("configmaps", "free", "denied");
        await keeper.LookAsync(default);
        Assert.Equal(wished, Data());

        string Data() => string.Join('\n', _server.Get("configmaps", "free", "denied")["data"]!.AsObject().OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"));
    }

    [Fact]
    public async Task What_somebody_else_wrote_is_neither_denied_nor_let_off()
    {
        Policy(new RiskRuleSpec { Name = "severe", Severity = "Critical" });
        var finder = await FinderAsync(new SealKeys(new byte[32]));
        Assert.Empty(finder.Find());
    }

    private void Policy(RiskRuleSpec rule, bool grace = true)
    {
        _policies.Set("prod", new RiskPolicyResource { Spec = new RiskPolicySpec { Selector = new PolicySelectorSpec { ExcludedNamespaces = ["free"] }, Action = "Deny", RunningGrace = grace, Rules = [rule] } });
        var finding = Samples.Finding("CVE-2021-1", Severity.Critical) with { KnownExploited = true, Vector = Samples.Vector };
        var hits = RuleMatcher.Match(_policies.All, new PolicySubject(new ComponentInventory { Components = [] }, [finding], []));
        Create('b', "registry.example/web:1", HitLines.Of(hits, [], _clock.GetUtcNow(), 50_000).Lines);
        Create('a', "registry.example/clean:1", []);
    }

    private void Create(char digit, string name, ImmutableArray<string> hits) => _server.Create(
        "imageinventories",
        JsonSerializer.SerializeToNode(
            new ImageInventory
            {
                Metadata = new ObjectMeta { Name = $"image-{digit}" },
                Spec = new ImageInventorySpec { Digest = Samples.Digest(digit).Value, Platform = "linux/amd64", Image = name },
                Report = new ImageInventoryReport { Source = "Layers", Policies = _policies.Marks, Hits = hits },
            },
            ResourceJson.Default.ImageInventory)!.AsObject());

    private async Task<DenialFinder> FinderAsync(SealKeys? given = null)
    {
        _informers = new InformerRegistry(_connection);
        var images = _informers.Get(ImageInventory.Resource, ResourceJson.Default.ImageInventory).Store;
        var namespaces = _informers.Get(NamespaceView.Resource, ViewJson.Default.NamespaceView).Store;
        _run = _informers.RunAsync(_stop.Token);
        await _informers.WhenSyncedAsync(TestContext.Current.CancellationToken);
        var keys = given ?? new SealKeys();
        var own = new VerifiedInventories(new ReportSeal(keys, _clock), keys, NullLoggerFactory.Instance).Of(images);
        return new DenialFinder(own, namespaces, _running, _policies, _exceptions, new[] { "kube-system" }.ToFrozenSet());
    }
}
