using OssRuntime.EndToEnd.Tests.Stage;
using OssRuntime.Exposure.Graph;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Watching;
using OssRuntime.Policy.Priorities;
using OssRuntime.Stage.Workloads;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.EndToEnd.Tests.Exposure;

/// <summary>The Gateway API is installed into a real server while the operator watches it. Only the time between two looks for kinds is the test's.</summary>
public sealed class ExposureOnServerTests(StageCluster stage) : IClassFixture<StageCluster>, IDisposable
{
    private const string Space = "exposure-later";

    private const string Workload = $$$$$"""
        apiVersion: v1
        kind: Namespace
        metadata: {name: {{{{{Space}}}}}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: {{{{{Space}}}}}}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080, protocol: TCP}]}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: {{{{{Space}}}}}, labels: {app: web}}
        spec: {containers: [{name: web, image: "registry.example/shop/web:1", ports: [{containerPort: 8080, protocol: TCP}]}]}
        """;

    // As little of the Gateway API as a route needs.
    private const string GatewayApi = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: gateways.gateway.networking.k8s.io
          annotations: {api-approved.kubernetes.io: "https://github.com/kubernetes-sigs/gateway-api/pull/2466"}
        spec:
          group: gateway.networking.k8s.io
          scope: Namespaced
          names: {kind: Gateway, plural: gateways, singular: gateway}
          versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
        ---
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata:
          name: httproutes.gateway.networking.k8s.io
          annotations: {api-approved.kubernetes.io: "https://github.com/kubernetes-sigs/gateway-api/pull/2466"}
        spec:
          group: gateway.networking.k8s.io
          scope: Namespaced
          names: {kind: HTTPRoute, plural: httproutes, singular: httproute}
          versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]
        """;

    private const string Route = $$$$$"""
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: public, namespace: {{{{{Space}}}}}}
        spec: {gatewayClassName: envoy, listeners: [{name: web, port: 80, protocol: HTTP}]}
        ---
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {name: web, namespace: {{{{{Space}}}}}}
        spec: {parentRefs: [{name: public}], rules: [{backendRefs: [{name: web, port: 80}]}]}
        """;

    private readonly ObjectKey _pod = new(Space, "web");
    private readonly ExposureGraph _graph = new();
    private readonly SemaphoreSlim _changed = new(0);

    [Fact]
    public async Task Kinds_that_are_installed_later_are_picked_up()
    {
        var clock = new StepClock();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var client = stage.Cluster.CreateClient();
        var applier = new ManifestApplier(client);
        await applier.ApplyAsync(Workload);
        using var connection = KubernetesConnection.FromKubeconfig(stage.Cluster.KubeconfigPath, environment: new ControllerEnvironment { Time = clock });
        var informers = new InformerRegistry(connection);
        var kinds = new KindWatch(new ApiDiscovery(connection), connection.Environment);
        using var events = new WorkQueue<ClusterEvent>("event", connection.Environment);
        var index = new ExposureIndex(informers, _graph, events);
        index.Follow(kinds);
        await kinds.StartAsync(stop.Token);
        var worker = new Controller<ClusterEvent>("event", events, new IndexWorker(index, _changed), connection.Environment);
        Task[] runs = [informers.RunAsync(stop.Token), kinds.RunAsync(stop.Token), worker.RunAsync(stop.Token)];
        await UntilAsync(ExposureLevel.Cluster);

        await applier.ApplyAsync(GatewayApi);
        await applier.ApplyAsync(Route);
        // The server publishes a new kind some time after it has taken the definition: looked for again and again.
        while (_graph.Of(_pod)?.Level != ExposureLevel.Internet)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await _changed.WaitAsync(TimeSpan.FromMilliseconds(200), stop.Token);
        }

        Assert.Equal([$"Gateway {Space}/public", $"HTTPRoute {Space}/web", $"Service {Space}/web:80", "port 8080"], _graph.Of(_pod)!.Path);
        await stop.CancelAsync();
        await Task.WhenAll(runs).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    public void Dispose() => _changed.Dispose();

    private sealed class IndexWorker(ExposureIndex index, SemaphoreSlim changed) : IReconciler<ClusterEvent>
    {
        public Task<Result> ReconcileAsync(ClusterEvent key, CancellationToken cancel)
        {
            index.Refresh(key);
            changed.Release();
            return Task.FromResult(Result.Done);
        }
    }

    private async Task UntilAsync(ExposureLevel level)
    {
        while (_graph.Of(_pod)?.Level != level)
        {
            await _changed.WaitAsync(TestContext.Current.CancellationToken);
        }
    }
}
