using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Kubernetes.Tests.Contract;

/// <summary>The fake, with the kinds that the contract needs.</summary>
public sealed class FakeServer : IServerUnderTest, IAsyncLifetime
{
    private FakeApiServer _server = null!;
    private int _namespaces;

    public int TooLarge => 4 * 1024 * 1024;

    public async ValueTask InitializeAsync() => _server = await FakeApiServer.StartAsync(
        null,
        FakeWidgets.Kind,
        new FakeKind("", "v1", "namespaces", "Namespace", Namespaced: false),
        new FakeKind("", "v1", "configmaps", "ConfigMap", Namespaced: true),
        new FakeKind("coordination.k8s.io", "v1", "leases", "Lease", Namespaced: true),
        new FakeKind("events.k8s.io", "v1", "events", "Event", Namespaced: true),
        new FakeKind("authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview", Namespaced: false) { IsQuestion = true });

    public KubernetesConnection Connect(ControllerEnvironment? environment = null) => KubernetesConnection.To(_server.Address, environment);

    public Task<string> CreateNamespaceAsync()
    {
        var name = $"contract-{Interlocked.Increment(ref _namespaces)}";
        _server.Create("namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } });
        return Task.FromResult(name);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
