using System.Text;
using System.Text.Json.Nodes;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Operator.Images;
using OssRuntime.Operator.Keys;
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

    [Theory]
    [InlineData("a%2fb")]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("A B")]
    [InlineData("-a")]
    [InlineData("a..b")]
    [InlineData("\u00e4")]
    public async Task A_name_that_no_secret_can_have_is_not_asked_for_and_keeps_nobody_from_his(string name)
    {
        Secret("own", "registry.example", "own");
        Assert.Equal(["own"], await UsersAsync(Pod([name, new string('a', 300), "own"], name)));
        Assert.Equal("/api/v1/namespaces/shop/secrets/own", Assert.Single(_server.Requests).Path);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(414)]
    [InlineData(422)]
    public async Task What_the_API_server_refuses_is_not_there(int status)
    {
        Secret("own", "registry.example", "own");
        _server.Fail("get", "serviceaccounts", Fault.Status(status, "BadRequest"));
        Assert.Equal(["own"], await UsersAsync(Pod(["own"], "runner")));
    }

    [Fact]
    public async Task What_the_API_server_cannot_say_now_is_asked_for_again_later()
    {
        _server.Fail("get", "serviceaccounts", Fault.Status(500, "InternalError"));
        await Assert.ThrowsAsync<ApiException>(() => UsersAsync(Pod(["own"], "runner")));
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
        var credentials = await new PullSecrets(_connection).OfAsync(PullIdentity.Of(pod), TestContext.Current.CancellationToken);
        return credentials.Find("registry.example", "shop/web").Select(credential => credential.Username);
    }
}
