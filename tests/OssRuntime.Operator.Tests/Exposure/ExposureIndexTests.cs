using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Tests.Graph;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Kubernetes.Informers;
using OssRuntime.Kubernetes.WorkQueues;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.Keys;
using OssRuntime.Operator.Watching;
using OssRuntime.Policy.Priorities;
using OssRuntime.Testing.Kubernetes;
using YamlDotNet.RepresentationModel;

namespace OssRuntime.Operator.Tests.Exposure;

/// <summary>The graph follows a server. Time moves only when a test moves it.</summary>
public sealed class ExposureIndexTests : IAsyncLifetime
{
    private static readonly FakeKind[] BuiltIn =
    [
        new("", "v1", "pods", "Pod", true), new("", "v1", "nodes", "Node", false), new("", "v1", "namespaces", "Namespace", false),
        new("", "v1", "services", "Service", true), new("discovery.k8s.io", "v1beta1", "endpointslices", "EndpointSlice", true),
        new("networking.k8s.io", "v1", "ingresses", "Ingress", true), new("networking.k8s.io", "v1", "networkpolicies", "NetworkPolicy", true),
    ];

    private static readonly FakeKind[] GatewayApi =
    [
        new("gateway.networking.k8s.io", "v1", "gateways", "Gateway", true), new("gateway.networking.k8s.io", "v1", "httproutes", "HTTPRoute", true),
    ];

    private readonly CancellationTokenSource _stop = new();
    private readonly StepClock _clock = new();
    private readonly ExposureGraph _graph = new();
    private readonly WorkQueue<ClusterEvent> _events = new("event", new ControllerEnvironment());
    private ExposureIndex _index = null!;
    private readonly List<Task> _runs = [];
    private FakeApiServer _server = null!;
    private KubernetesConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync(_clock, BuiltIn);
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment { Time = _clock, Random = new Random(1) });
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_runs).ContinueWith(_ => { }, TaskScheduler.Default);
        _connection.Dispose();
        await _server.DisposeAsync();
        _stop.Dispose();
        _events.Dispose();
    }

    [Fact]
    public async Task What_comes_and_goes_on_the_server_comes_and_goes_in_the_graph()
    {
        Create("service-cluster-ip");
        await RunAsync();
        await UntilAsync(ExposureLevel.Cluster);
        Create("ingress", "Ingress");
        await UntilAsync(ExposureLevel.Internet);
        Create("policy-default-deny", "NetworkPolicy");
        await UntilAsync(ExposureLevel.None);
        _server.Delete("networkpolicies", "shop", "limit");
        await UntilAsync(ExposureLevel.Internet);
        _server.Delete("ingresses", "shop", "web");
        await UntilAsync(ExposureLevel.Cluster);
    }

    [Fact]
    public async Task Kinds_that_are_installed_later_are_picked_up()
    {
        Create("service-cluster-ip");
        await RunAsync();
        await UntilAsync(ExposureLevel.Cluster);
        Assert.DoesNotContain(_server.Requests, request => request.Path.EndsWith("/gateways", StringComparison.Ordinal));

        Array.ForEach(GatewayApi, _server.Serve);
        Create("gateway-http", "Gateway");
        Create("gateway-http", "HTTPRoute");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(ExposureLevel.Internet);
    }

    [Fact]
    public async Task Kinds_that_are_there_at_the_start_are_waited_for()
    {
        Array.ForEach(GatewayApi, _server.Serve);
        Create("gateway-http");
        var informers = await RunAsync();
        await informers.WhenSyncedAsync(Token);
        foreach (var (happened, _) in await OperatorStage.TakeAsync(_events))
        {
            _index.Refresh(happened);
        }

        Assert.Equal(ExposureLevel.Internet, _graph.Of(new ObjectKey("shop", "web"))?.Level);
    }

    private static CancellationToken Token => new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token;

    private async Task<InformerRegistry> RunAsync()
    {
        var informers = new InformerRegistry(_connection);
        var kinds = new KindWatch(new ApiDiscovery(_connection), _connection.Environment);
        _index = new ExposureIndex(informers, _graph, _events);
        _index.Follow(kinds);
        await kinds.StartAsync(_stop.Token);
        _runs.Add(informers.RunAsync(_stop.Token));
        _runs.Add(kinds.RunAsync(_stop.Token));
        return informers;
    }

    private async Task UntilAsync(ExposureLevel level)
    {
        while (_graph.Of(new ObjectKey("shop", "web"))?.Level != level)
        {
            var happened = await _events.TakeAsync(Token);
            Assert.True(_index.Refresh(happened!.Value.Key));
            _events.Done(happened.Value.Key);
        }
    }

    // The objects of a case, or those of one kind.
    private void Create(string name, string? kind = null)
    {
        var root = ClusterYaml.Load(Path.Combine(AppContext.BaseDirectory, $"Exposure/testdata/cases/{name}.yaml"));
        foreach (var item in ((YamlSequenceNode)root["objects"]).Select(node => ClusterYaml.Read(node)!.AsObject()))
        {
            if (kind is null || kind == item["kind"]!.GetValue<string>())
            {
                _server.Create(BuiltIn.Concat(GatewayApi).Single(known => known.Kind == item["kind"]!.GetValue<string>()).Plural, item.DeepClone().AsObject());
            }
        }
    }
}
