using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Model.Findings;
using OssRuntime.Operator.Composition;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Priorities;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Tests.Policies;

/// <summary>Policies and exceptions say in their status what became of them, and an exception ends at its minute.</summary>
public sealed class DecisionReconcilerTests : IAsyncLifetime
{
    private static readonly DecisionKey Policy = new("RiskPolicy", new ObjectKey(null, "prod"));
    private static readonly DecisionKey Own = new("RiskException", new ObjectKey("shop", "accepted"));
    private static readonly DecisionKey Cluster = new("ClusterRiskException", new ObjectKey(null, "accepted"));

    private OperatorStage _stage = null!;

    public async ValueTask InitializeAsync()
    {
        _stage = await OperatorStage.StartAsync(new OperatorOptions { AdmissionListen = new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0) });
        await _stage.OpenAsync();
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task A_policy_that_can_be_read_is_ready_and_keeps_its_form_with_a_seal()
    {
        _stage.Create("riskpolicies", State.PolicySetTests.Resource("High"), ResourceJson.Default.RiskPolicyResource);
        await _stage.WorkAsync();
        Assert.Equal(("True", "Read"), ConditionOf(Status("riskpolicies", Policy), "Ready"));
        Assert.Equal(_stage.House.State.Policies.SealOf("prod", (string)Status("riskpolicies", Policy)["lastGoodForm"]!), (string?)Status("riskpolicies", Policy)["lastGoodSeal"]);
    }

    [Fact]
    public async Task A_policy_that_was_never_good_is_not_ready_and_says_where_it_is_wrong()
    {
        _stage.Create("riskpolicies", State.PolicySetTests.Resource("Hihg"), ResourceJson.Default.RiskPolicyResource);
        await _stage.WorkAsync();
        Assert.Equal(("False", "Invalid"), ConditionOf(Status("riskpolicies", Policy), "Ready"));
        Assert.Contains("spec.rules[0].severity", Status("riskpolicies", Policy).ToJsonString(), StringComparison.Ordinal);
        Assert.Null(Status("riskpolicies", Policy)["lastGoodForm"]);
    }

    [Fact]
    public async Task A_policy_that_is_spoilt_goes_on_in_its_last_good_form_also_after_a_restart()
    {
        _stage.Create("riskpolicies", State.PolicySetTests.Resource("High"), ResourceJson.Default.RiskPolicyResource);
        await _stage.WorkAsync();
        _stage.Server.Change("riskpolicies", null, "prod", policy => policy["spec"]!["rules"]![0]!["severity"] = "Hihg");
        await _stage.WorkAsync();
        Assert.Equal(("False", "KeepsLastGoodForm"), ConditionOf(Status("riskpolicies", Policy), "Ready"));

        await _stage.RestartAsync();
        await _stage.OpenAsync();
        await _stage.WorkAsync();
        Assert.Equal(Severity.High, Assert.Single(_stage.House.State.Policies.All).Rules[0].Severity);
        Assert.Equal(("False", "KeepsLastGoodForm"), ConditionOf(Status("riskpolicies", Policy), "Ready"));
    }

    [Fact]
    public async Task An_exception_says_what_it_accepts_of_what_runs()
    {
        Run("one", accepted: 2);
        Except(Own);
        await _stage.WorkAsync();
        Assert.Equal(("True", "Approved"), ConditionOf(Status("riskexceptions", Own), "InForce"));
        Assert.Equal((2, "bob"), ((int)Status("riskexceptions", Own)["matches"]!, (string?)Status("riskexceptions", Own)["approvedBy"]));

        // What runs is counted again once an hour, not at each look.
        Run("two", accepted: 2);
        await _stage.ReconcileAsync("decision", Own);
        Assert.Equal(2, (int)Status("riskexceptions", Own)["matches"]!);
        _stage.Clock.Advance(TimeSpan.FromHours(1));
        await _stage.ReconcileAsync("decision", Own);
        Assert.Equal(4, (int)Status("riskexceptions", Own)["matches"]!);
    }

    [Fact]
    public async Task An_exception_of_the_whole_cluster_has_a_status_of_its_own()
    {
        Run("one", accepted: 1);
        Except(Cluster);
        await _stage.WorkAsync();
        Assert.Equal(("True", "Approved"), ConditionOf(Status("clusterriskexceptions", Cluster), "InForce"));
    }

    [Fact]
    public async Task An_approval_that_the_webhooks_did_not_see_is_none()
    {
        Except(Own, seal: "AAAA");
        await _stage.WorkAsync();
        Assert.Equal(("False", "NotApproved"), ConditionOf(Status("riskexceptions", Own), "InForce"));
    }

    [Fact]
    public async Task An_exception_is_looked_at_each_minute_and_its_end_acts_without_any_event()
    {
        Except(Own, life: TimeSpan.FromSeconds(90));
        await _stage.SeeAsync();
        await _stage.EmptyAsync();
        _stage.House.State.Running.Set(Samples.Running("web", Samples.Workload("web"), Samples.Image('a')));

        Assert.Equal(Result.After(TimeSpan.FromMinutes(1)), await _stage.ReconcileAsync("decision", Own));
        _stage.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Result.After(TimeSpan.FromSeconds(30)), await _stage.ReconcileAsync("decision", Own));
        Assert.Empty(await OperatorStage.TakeAsync(_stage.House.State.Queues.Workloads));

        _stage.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(Result.Done, await _stage.ReconcileAsync("decision", Own));
        Assert.Equal(("False", "Expired"), ConditionOf(Status("riskexceptions", Own), "InForce"));
        Assert.Equal([(Samples.Workload("web"), Lane.Low)], await OperatorStage.TakeAsync(_stage.House.State.Queues.Workloads));
    }

    [Fact]
    public async Task An_end_asks_for_work_once_and_the_end_of_an_exception_that_was_prolonged_again()
    {
        Except(Own, life: TimeSpan.FromSeconds(30));
        await _stage.SeeAsync();
        await _stage.EmptyAsync();
        _stage.House.State.Running.Set(Samples.Running("web", Samples.Workload("web"), Samples.Image('a')));
        _stage.Clock.Advance(TimeSpan.FromSeconds(30));
        await _stage.ReconcileAsync("decision", Own);
        await _stage.ReconcileAsync("decision", Own);
        Assert.Single(await OperatorStage.TakeAsync(_stage.House.State.Queues.Workloads));
        await _stage.ReconcileAsync("decision", Own);
        Assert.Empty(await OperatorStage.TakeAsync(_stage.House.State.Queues.Workloads));

        var later = _stage.Clock.GetUtcNow() + TimeSpan.FromSeconds(45);
        _stage.Server.Change("riskexceptions", Own.Key.Namespace, Own.Key.Name, exception => exception["spec"]!["expires"] = later.ToString("yyyy-MM-ddTHH:mm:ssZ"));
        await _stage.SeeAsync();
        await _stage.EmptyAsync();
        Assert.Equal(Result.After(TimeSpan.FromSeconds(45)), await _stage.ReconcileAsync("decision", Own));
        _stage.Clock.Advance(TimeSpan.FromSeconds(45));
        await _stage.ReconcileAsync("decision", Own);
        Assert.Single(await OperatorStage.TakeAsync(_stage.House.State.Queues.Workloads));
    }

    [Theory]
    [InlineData("RiskPolicy")]
    [InlineData("RiskException")]
    public async Task What_is_gone_is_let_go(string kind)
    {
        var writes = _stage.Server.Requests.Count(request => request.IsWrite);
        Assert.Equal(Result.Done, await _stage.ReconcileAsync("decision", new DecisionKey(kind, new ObjectKey(kind == "RiskPolicy" ? null : "shop", "gone"))));
        Assert.Equal(writes, _stage.Server.Requests.Count(request => request.IsWrite));
    }

    [Fact]
    public async Task A_status_that_says_all_there_is_to_say_is_not_written_again()
    {
        _stage.Create("riskpolicies", State.PolicySetTests.Resource("High"), ResourceJson.Default.RiskPolicyResource);
        Except(Own);
        await _stage.WorkAsync();
        var writes = _stage.Server.Requests.Count(request => request.IsWrite);
        await _stage.ReconcileAsync("decision", Policy);
        await _stage.ReconcileAsync("decision", Own);
        Assert.Equal(writes, _stage.Server.Requests.Count(request => request.IsWrite));
    }

    // A pod whose image has findings that the exception names.
    private void Run(string name, int accepted)
    {
        _stage.House.State.Running.Set(Samples.Running(name, Samples.Workload(name, name), Samples.Image('a')));
        AcceptableFinding finding = new(
            PressingFinding.Of(Samples.Finding("CVE-2021-1"), EndedSupport.None), RuleMatcher.ItemOf(Samples.Finding("CVE-2021-1"), EndedSupport.None));
        _stage.House.State.Facts.Set(new ImageFacts { Key = Samples.Image('a'), State = ImageState.Inventoried, Reason = "Inventoried", Acceptable = [.. Enumerable.Repeat(finding, accepted)] });
    }

    private void Except(DecisionKey key, TimeSpan? life = null, string? seal = null)
    {
        var spec = new RiskExceptionSpec
        {
            Advisories = ["CVE-2021-1"],
            Status = "not_affected",
            Justification = "vulnerable_code_not_in_execute_path",
            Reason = "not reachable",
            Expires = _stage.Clock.GetUtcNow() + (life ?? TimeSpan.FromDays(30)),
            Approved = true,
            RequestedBy = "alice",
            ApprovedBy = "bob",
        };
        var metadata = new ObjectMeta
        {
            Name = key.Key.Name,
            Namespace = key.Key.Namespace,
        };
        if (key == Own)
        {
            _stage.Create("riskexceptions", new RiskExceptionResource { Metadata = metadata, Spec = spec }, ResourceJson.Default.RiskExceptionResource);
        }
        else
        {
            _stage.Create("clusterriskexceptions", new ClusterRiskExceptionResource { Metadata = metadata, Spec = spec }, ResourceJson.Default.ClusterRiskExceptionResource);
        }

        // The seal is of the object as the server made it.
        _stage.Server.Change(key == Own ? "riskexceptions" : "clusterriskexceptions", key.Key.Namespace, key.Key.Name, item =>
        {
            var made = item["metadata"]!;
            var subject = new ApprovalSubject(key.Key, (string?)made["uid"] ?? "", (long?)made["generation"] ?? 0);
            made["annotations"] = new JsonObject { [ApprovalSeal.Annotation] = seal ?? _stage.House.Approvals!.Of(subject, spec) };
        });
    }

    private JsonNode Status(string plural, DecisionKey key) => _stage.Server.Get(plural, key.Key.Namespace, key.Key.Name)["status"]!;

    private static (string?, string?) ConditionOf(JsonNode status, string type)
    {
        var condition = status["conditions"]!.AsArray().Single(condition => (string?)condition!["type"] == type)!;
        return ((string?)condition["status"], (string?)condition["reason"]);
    }
}
