using OssRuntime.Kubernetes.Api;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Kubernetes.Tests.Api;

public sealed class KubernetesConnectionTests : IAsyncLifetime
{
    private readonly string _file = Path.GetTempFileName();
    private FakeApiServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await FakeApiServer.StartAsync(null, FakeWidgets.Kind with { Group = "g" }, new FakeKind("", "v1", "pods", "Pod", Namespaced: true));

    public async ValueTask DisposeAsync()
    {
        File.Delete(_file);
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_kubeconfig_gives_address_namespace_and_token()
    {
        Write(_server.Address.ToString());
        using var connection = KubernetesConnection.FromKubeconfig(_file);
        Assert.Equal(("team-a", "one"), (connection.Namespace, connection.Context));
        await new ResourceClient<PartialObject>(connection, new ResourceKind("", "v1", "pods", "Pod", true), PartialObject.TypeInfo)
            .ListPageAsync(ResourceScope.All, new ListRequest(), Patience.Token);
        Assert.Equal("Bearer secret-token", _server.Requests[0].Headers["Authorization"].ToString());
        Assert.Matches(@"^ossruntime/\d+\.\d+\.\d+$", _server.Requests[0].Headers["User-Agent"].ToString());
    }

    [Fact]
    public void Another_context_can_be_chosen()
    {
        Write(_server.Address.ToString());
        using var connection = KubernetesConnection.FromKubeconfig(_file, "two");
        Assert.Equal("default", connection.Namespace);
    }

    [Fact]
    public void A_context_that_is_not_there_is_an_error()
    {
        Write(_server.Address.ToString());
        Assert.ThrowsAny<Exception>(() => KubernetesConnection.FromKubeconfig(_file, "three"));
    }

    [Fact]
    public async Task A_path_in_the_servers_address_stays_in_front()
    {
        Write(new Uri(_server.Address, "/k8s/clusters/c-1").ToString());
        using var connection = KubernetesConnection.FromKubeconfig(_file);
        Assert.Null(await new ApiDiscovery(connection).FindAsync("v1", "Pod", Patience.Token));
        Assert.Equal("/k8s/clusters/c-1/api/v1", _server.Requests[0].Path);
    }

    [Fact]
    public async Task No_message_holds_the_token()
    {
        Write(_server.Address.ToString());
        _server.Fail("list", "pods", Fault.Status(401, "Unauthorized", "who are you"));
        using var connection = KubernetesConnection.FromKubeconfig(_file);
        var exception = await Assert.ThrowsAsync<ApiException>(
            () => new ResourceClient<PartialObject>(connection, new ResourceKind("", "v1", "pods", "Pod", true), PartialObject.TypeInfo)
                .ListPageAsync(ResourceScope.All, new ListRequest(), Patience.Token));
        Assert.DoesNotContain("secret-token", exception.ToString(), StringComparison.Ordinal);
    }

    private void Write(string server) => File.WriteAllText(_file, $"""
        apiVersion: v1
        kind: Config
        current-context: one
        clusters:
        - name: c
          cluster:
            server: {server}
        contexts:
        - name: one
          context: {"{"}cluster: c, user: u, namespace: team-a{"}"}
        - name: two
          context: {"{"}cluster: c, user: u{"}"}
        users:
        - name: u
          user:
            token: secret-token
        """);
}
