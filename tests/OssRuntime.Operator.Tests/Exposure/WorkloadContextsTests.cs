using System.Text.Json.Nodes;
using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Pods;
using OssRuntime.Exposure.Views;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.State;
using OssRuntime.Operator.Watching;
using OssRuntime.Policy.Priorities;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Exposure;

/// <summary>What owners declare against what is found.</summary>
public sealed class WorkloadContextsTests
{
    private static readonly WorkloadKey Web = Samples.Workload("web");

    [Theory]
    [InlineData("", "", "", "Cluster: pod address → port 80", "Medium(assumed)")]
    [InlineData("", "", "exposure=Internet impact=High", "Internet: declared on the namespace", "High(namespace)")]
    [InlineData("", "exposure=none impact=very-high", "exposure=Internet impact=Low", "None: declared on the workload → found: Cluster → pod address → port 80", "VeryHigh(workload)")]
    [InlineData("exposure=Namespace", "exposure=Internet impact=Low", "impact=High", "Namespace: declared on the pod → found: Cluster → pod address → port 80", "Low(workload)")]
    [InlineData("", "exposure=Everywhere impact=7", "", "Cluster: pod address → port 80 → ossruntime.io/exposure: 'Everywhere' on the workload is no level", "Medium(assumed)")]
    public async Task What_is_declared_nearest_to_the_pod_counts(string pod, string workload, string @namespace, string exposure, string impact)
    {
        await using var server = await FakeApiServer.StartAsync(
            null,
            new FakeKind("", "v1", "namespaces", "Namespace", false),
            new FakeKind("apps", "v1", "deployments", "Deployment", true));
        server.Create("namespaces", Object("v1", "Namespace", null, "shop", @namespace));
        server.Create("deployments", Object("apps/v1", "Deployment", "shop", "web", workload));
        using var connection = KubernetesConnection.To(server.Address);
        using var stop = new CancellationTokenSource();
        var informers = new InformerRegistry(connection);
        using var events = new WorkQueue<ClusterEvent>("event", connection.Environment);
        var declarations = new OwnerAnnotationIndex(informers, informers.Get(NamespaceView.Resource, ViewJson.Default.NamespaceView).Store, events);
        var kinds = new KindWatch(new ApiDiscovery(connection), connection.Environment);
        declarations.Follow(kinds);
        await kinds.StartAsync(TestContext.Current.CancellationToken);
        var run = informers.RunAsync(stop.Token);
        await informers.WhenSyncedAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);

        var graph = new ExposureGraph();
        var view = Samples.Pod("web-1") with
        {
            Ports = [new PodPort(null, 80, "TCP", 0, false)],
            Declared = OwnerAnnotations.Of(Annotations(pod)?.ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>())),
        };
        graph.Set(view.Key, view);
        var standing = new WorkloadContexts(graph, declarations).Of(Web, [new RunningPod(view, Web, [])]);

        Assert.Equal(exposure, $"{standing.Level}: {string.Join(" → ", standing.Path)}");
        Assert.Equal(impact, $"{standing.Impact}({standing.ImpactFrom})");
        // It is news once.
        var (space, owner) = (new ClusterEvent("Namespace", new ObjectKey(null, "shop")), new ClusterEvent("Deployment", new ObjectKey("shop", "web")));
        Assert.Equal((@namespace.Length > 0, workload.Length > 0), (declarations.Refresh(space), declarations.Refresh(owner)));
        Assert.Equal((false, false), (declarations.Refresh(space), declarations.Refresh(owner)));
        await stop.CancelAsync();
        await run;
    }

    private static JsonObject Object(string version, string kind, string? @namespace, string name, string annotations) => new()
    {
        ["apiVersion"] = version,
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = @namespace, ["annotations"] = Annotations(annotations) },
    };

    private static JsonObject? Annotations(string words) =>
        words.Length == 0 ? null : new JsonObject(words.Split(' ').Select(word => KeyValuePair.Create("ossruntime.io/" + word.Split('=')[0], (JsonNode?)word.Split('=')[1])));
}
