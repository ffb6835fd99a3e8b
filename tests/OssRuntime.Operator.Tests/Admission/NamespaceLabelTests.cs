using System.Collections.Frozen;
using System.Text.Json.Nodes;
using OssRuntime.Model.Findings;
using OssRuntime.Operator.Admission;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Tests.Admission;

/// <summary>A policy is for the namespaces that have its labels now: no pod has to come or go for that.</summary>
public sealed class NamespaceLabelTests
{
    [Fact]
    public async Task A_policy_begins_and_ends_to_be_for_a_namespace_with_its_labels_and_its_workloads_are_looked_at_again()
    {
        await using var cluster = await OperatorStage.StartAsync();
        cluster.Server.Create("namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "shop" } });
        await cluster.OpenAsync();
        cluster.House.State.Running.Set(Samples.Running("web", Samples.Workload("web")));

        using var stage = new AdmissionStage();
        stage.Policies.Set("prod", new RiskPolicyResource
        {
            Spec = new RiskPolicySpec
            {
                Selector = new PolicySelectorSpec { NamespaceLabels = ["tier=prod"] },
                Action = "Deny",
                Rules = [new RiskRuleSpec { Name = "severe", Severity = "Critical" }],
            },
        });
        stage.Know('b', "registry.example/shop/web:1", findings: Samples.Finding("CVE-2021-1", Severity.Critical));
        var judge = new AdmissionJudge(
            stage.Images,
            new Violations(stage.Policies, stage.Exceptions, cluster.House.Annotations),
            stage.Policies,
            new AdmissionContexts(cluster.House.Graph, cluster.House.Annotations),
            stage.UnknownImages,
            FrozenSet<string>.Empty);
        var request = ReviewReader.Read(AdmissionStage.Review("Pod", "CREATE", "shop", ["registry.example/shop/web:1"]));
        Assert.True(judge.Decide(request).Allowed);

        foreach (var (label, allowed) in new[] { ("prod", false), ("test", true), ("prod", false), (null, true) })
        {
            await ChangeAsync(@namespace => @namespace["metadata"]!["labels"] = label is null ? null : new JsonObject { ["tier"] = label });
            Assert.Equal([Samples.Workload("web")], await ToldAsync());
            Assert.Equal(allowed, judge.Decide(request).Allowed);
        }

        // What no policy can choose by is no news.
        await ChangeAsync(@namespace => @namespace["metadata"]!["annotations"] = new JsonObject { ["owner"] = "alice" });
        Assert.Empty(await ToldAsync());
        await ChangeAsync(@namespace => @namespace["metadata"]!["labels"] = new JsonObject { ["tier"] = "prod" });
        Assert.NotEmpty(await ToldAsync());

        Task ChangeAsync(Action<JsonObject> change)
        {
            cluster.Server.Change("namespaces", null, "shop", change);
            return cluster.SeeAsync();
        }

        async Task<IEnumerable<WorkloadKey>> ToldAsync() => (await OperatorStage.TakeAsync(cluster.House.State.Queues.Workloads)).Select(taken => taken.Key);
    }
}
