using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Json.Nodes;
using OssRuntime.Exposure.Graph;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Model.Findings;
using OssRuntime.Operator.Admission;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Rules;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Admission;

/// <summary>A policy is for the namespaces that have its labels now: no pod has to come or go for that.</summary>
public sealed class NamespaceLabelTests
{
    [Fact]
    public async Task A_policy_begins_and_ends_to_be_for_a_namespace_with_its_labels_and_its_workloads_are_looked_at_again()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var server = await FakeApiServer.StartAsync(null, new FakeKind("", "v1", "namespaces", "Namespace", false));
        server.Create("namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = "shop" } });
        using var connection = KubernetesConnection.To(server.Address, new ControllerEnvironment());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var informers = new InformerRegistry(connection);
        var told = new BlockingCollection<string>();
        var declarations = new OwnerAnnotationIndex(informers, _ => { }, told.Add);
        declarations.FollowNamespaces();
        var run = informers.RunAsync(stop.Token);
        await informers.WhenSyncedAsync(cancel);

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
            new Violations(stage.Policies, stage.Exceptions, declarations),
            stage.Policies,
            new AdmissionContexts(new ExposureGraph(), declarations),
            stage.UnknownImages,
            FrozenSet<string>.Empty);
        var request = ReviewReader.Read(AdmissionStage.Review("Pod", "CREATE", "shop", ["registry.example/shop/web:1"]));
        Assert.True(judge.Decide(request).Allowed);

        foreach (var (label, allowed) in new[] { ("prod", false), ("test", true), ("prod", false), (null, true) })
        {
            while (told.TryTake(out _))
            {
            }

            server.Change("namespaces", null, "shop", @namespace => @namespace["metadata"]!["labels"] = label is null ? null : new JsonObject { ["tier"] = label });
            Assert.True(told.TryTake(out var @namespace, TimeSpan.FromSeconds(20)));
            Assert.Equal("shop", @namespace);
            Assert.Equal(allowed, judge.Decide(request).Allowed);
        }

        // What no policy can choose by is no news.
        server.Change("namespaces", null, "shop", @namespace => @namespace["metadata"]!["annotations"] = new JsonObject { ["owner"] = "alice" });
        server.Change("namespaces", null, "shop", @namespace => @namespace["metadata"]!["labels"] = new JsonObject { ["tier"] = "prod" });
        Assert.True(told.TryTake(out _, TimeSpan.FromSeconds(20)));
        Assert.False(told.TryTake(out _));
        await stop.CancelAsync();
        await run;
    }
}
