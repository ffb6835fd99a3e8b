using System.Text;
using System.Text.Json.Nodes;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.State;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Images;

/// <summary>Which credentials a pod's image is read with.</summary>
public sealed class PullSecretsTests : IAsyncLifetime
{
    private FakeApiServer _server = null!;
    private KubernetesConnection _connection = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync(
            null,
            new FakeKind("", "v1", "secrets", "Secret", Namespaced: true),
            new FakeKind("", "v1", "serviceaccounts", "ServiceAccount", Namespaced: true));
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment());
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_pods_own_secret_comes_before_that_of_its_service_account()
    {
        Secret("own", "registry.example", "own");
        Secret("account", "registry.example", "account");
        _server.Create("serviceaccounts", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "runner", ["namespace"] = "shop" },
            ["imagePullSecrets"] = new JsonArray(new JsonObject { ["name"] = "account" }),
        });
        Assert.Equal(["own", "account"], await UsersAsync(Pod(["own"], "runner")));
    }

    [Fact]
    public async Task Only_what_is_named_is_read_and_only_by_name()
    {
        Secret("own", "registry.example", "own");
        Secret("other", "registry.example", "other");
        Assert.Equal(["own"], await UsersAsync(Pod(["own"], "default")));
        Assert.All(_server.Requests, request => Assert.Equal("get", request.Verb));
        Assert.DoesNotContain(_server.Requests, request => request.Path.EndsWith("/other", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_for_another_registry_gives_nothing()
    {
        Secret("own", "elsewhere.example", "own");
        Assert.Empty(await UsersAsync(Pod(["own"], "default")));
    }

    [Theory]
    [InlineData("no base64!")]
    [InlineData("bm8gSlNPTg==")]
    [InlineData("")]
    public async Task A_broken_secret_leaves_the_others(string content)
    {
        _server.Create("secrets", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = "broken", ["namespace"] = "shop" },
            ["data"] = new JsonObject { [".dockerconfigjson"] = content },
        });
        Secret("own", "registry.example", "own");
        Assert.Equal(["own"], await UsersAsync(Pod(["missing", "broken", "own"], "default")));
    }

    [Fact]
    public async Task Without_the_right_to_read_secrets_there_are_none()
    {
        Secret("own", "registry.example", "own");
        _server.Fail("get", "secrets", Fault.Status(403, "Forbidden"));
        _server.Fail("get", "serviceaccounts", Fault.Status(403, "Forbidden"));
        Assert.Empty(await UsersAsync(Pod(["own"], "default")));
    }

    private static PodView Pod(string[] secrets, string account) => Samples.Pod("web") with { PullSecrets = [.. secrets], ServiceAccount = account };

    private void Secret(string name, string registry, string user)
    {
        var auth = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:secret"));
        var config = $$$"""{"auths": {"{{{registry}}}": {"auth": "{{{auth}}}"} } }""";
        _server.Create("secrets", new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "shop" },
            ["data"] = new JsonObject { [".dockerconfigjson"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(config)) },
        });
    }

    private async Task<IEnumerable<string?>> UsersAsync(PodView pod)
    {
        var running = new RunningPod(pod, Samples.Workload("web"), []);
        var credentials = await new PullSecrets(_connection).OfAsync([running], TestContext.Current.CancellationToken);
        return credentials.Find("registry.example", "shop/web").Select(credential => credential.Username);
    }
}
