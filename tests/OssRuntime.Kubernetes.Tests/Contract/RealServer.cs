using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Stage.Clusters;

namespace OssRuntime.Kubernetes.Tests.Contract;

/// <summary>A real API server, found or started, with the widgets' definition installed. What it creates goes with it.</summary>
public sealed class RealServer : IServerUnderTest, IAsyncLifetime
{
    private static readonly ResourceKind Namespaces = new("", "v1", "namespaces", "Namespace", Namespaced: false);
    private static readonly ResourceKind Definitions =
        new("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", Namespaced: false);

    private readonly List<string> _namespaces = [];
    private readonly string _run = Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal);
    private Cluster _cluster = null!;
    private KubernetesConnection _connection = null!;

    public int TooLarge => 4 * 1024 * 1024;

    private static JsonTypeInfo<PartialObject> Any => PartialObject.TypeInfo;

    public async ValueTask InitializeAsync()
    {
        _cluster = await Cluster.FindOrStartAsync(new ClusterOptions(), TextWriter.Null);
        _connection = Connect();
        var definition = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Contract", "testdata", "widgets.json"));
        await new ResourceClient<PartialObject>(_connection, Definitions, Any).ApplyAsync(
            new ObjectKey(null, "widgets.contract.ossruntime.io"), definition, new ApplyOptions("contract"), Patience.Token);
        var widgets = new ResourceClient<Widget>(_connection, Widget.ResourceKind, WidgetJsonContext.Default.Widget);
        while (true)
        {
            try
            {
                await widgets.ListPageAsync(ResourceScope.All, new ListRequest(), Patience.Token);
                return;
            }
            catch (ApiException exception) when (exception.IsNotFound)
            {
                // The server takes a moment to serve a new kind, and has no way to say when it does but to do it.
                await Task.Delay(TimeSpan.FromMilliseconds(50));
            }
        }
    }

    public KubernetesConnection Connect(ControllerEnvironment? environment = null) =>
        KubernetesConnection.FromKubeconfig(_cluster.KubeconfigPath, environment: environment);

    public async Task<string> CreateNamespaceAsync()
    {
        string name;
        lock (_namespaces)
        {
            name = $"contract-{_run}-{_namespaces.Count}";
            _namespaces.Add(name);
        }

        var body = JsonDocument.Parse($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{name}}}"}}""").RootElement;
        await new ResourceClient<PartialObject>(_connection, Namespaces, Any).CreateAsync(
            null, body, ContractJsonContext.Default.JsonElement, Patience.Token);
        return name;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var name in _namespaces)
        {
            await new ResourceClient<PartialObject>(_connection, Namespaces, Any).DeleteAsync(new ObjectKey(null, name), Patience.Token);
        }

        _connection.Dispose();
        await _cluster.DisposeAsync();
    }
}
