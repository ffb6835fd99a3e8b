using System.Text.Json.Nodes;
using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Operator.Pods;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Pods;

/// <summary>Owners of any kind are walked up, and nothing that others write into an owner reference leads astray.</summary>
public sealed class OwnerWalkTests : IAsyncLifetime
{
    private FakeApiServer _server = null!;
    private KubernetesConnection _connection = null!;
    private OwnerWalk _walk = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.StartAsync(
            null,
            new FakeKind("apps", "v1", "replicasets", "ReplicaSet", Namespaced: true),
            new FakeKind("apps", "v1", "deployments", "Deployment", Namespaced: true),
            new FakeKind("example.com", "v1", "platforms", "Platform", Namespaced: true),
            new FakeKind("", "v1", "nodes", "Node", Namespaced: false));
        _connection = KubernetesConnection.To(_server.Address, new ControllerEnvironment());
        _walk = new OwnerWalk(new OwnerReader(_connection, new ApiDiscovery(_connection)));
    }

    public async ValueTask DisposeAsync()
    {
        _connection.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_tower_of_kinds_that_nobody_foresaw_is_walked_to_its_top_and_the_highest_with_a_template_is_the_workload()
    {
        var platform = Create("platforms", "base", null);
        var deployment = Create("deployments", "web", Reference("example.com/v1", "Platform", "base", platform));
        var set = Create("replicasets", "web-1", Reference("apps/v1", "Deployment", "web", deployment));
        var chain = await _walk.WalkAsync(Pod(Reference("apps/v1", "ReplicaSet", "web-1", set)), Cancel);
        Assert.Equal(["ReplicaSet web-1", "Deployment web", "Platform base"], chain.Owners.Select(owner => $"{owner.Kind} {owner.Name}"));
        Assert.Equal(("Deployment", "web", deployment), (chain.Workload!.Kind, chain.Workload.Name, chain.Workload.Uid));
        Assert.Equal(["Platform/base"], chain.Above);
        Assert.Null(chain.Problem);
    }

    [Fact]
    public async Task Two_hundred_pods_of_one_owner_ask_once()
    {
        var deployment = Create("deployments", "web", null);
        var set = Create("replicasets", "web-1", Reference("apps/v1", "Deployment", "web", deployment));
        for (var pod = 0; pod < 200; pod++)
        {
            Assert.Equal("web", (await _walk.WalkAsync(Pod(Reference("apps/v1", "ReplicaSet", "web-1", set)), Cancel)).Workload?.Name);
        }

        Assert.Equal(2, _server.Requests.Count(request => request.Verb == "get"));
    }

    [Fact]
    public async Task A_pod_without_owner_is_its_own_workload() =>
        Assert.Null((await _walk.WalkAsync(Samples.Pod("alone"), Cancel)).Workload);

    [Fact]
    public async Task Owners_that_own_each_other_come_to_an_end()
    {
        var first = Create("deployments", "first", null);
        var second = Create("deployments", "second", Reference("apps/v1", "Deployment", "first", first));
        _server.Change("deployments", "shop", "first", live => live["metadata"]!["ownerReferences"] = new JsonArray(Json(Reference("apps/v1", "Deployment", "second", second))));
        var chain = await _walk.WalkAsync(Pod(Reference("apps/v1", "Deployment", "second", second)), Cancel);
        Assert.Contains(chain.Workload?.Name, new[] { "first", "second" });
        Assert.Equal(8, chain.Owners.Length);
    }

    [Theory]
    [InlineData("apps/v1", "Deployment", "gone")]
    [InlineData("nowhere.example/v1", "Thing", "x")]
    [InlineData("../../secrets", "Secret", "x")]
    [InlineData("v1", "Node", "n")]
    public async Task An_owner_that_cannot_be_read_is_taken_for_the_workload(string apiVersion, string kind, string name)
    {
        var owner = Reference(apiVersion, kind, name, "u");
        Assert.Equal(owner, (await _walk.WalkAsync(Pod(owner), Cancel)).Workload);
    }

    [Fact]
    public async Task Another_object_of_the_same_name_is_not_the_owner()
    {
        var platform = Create("platforms", "base", null);
        Create("deployments", "web", Reference("example.com/v1", "Platform", "base", platform));
        Assert.Equal("web", (await _walk.WalkAsync(Pod(Reference("apps/v1", "Deployment", "web", "an earlier one")), Cancel)).Workload?.Name);
    }

    [Fact]
    public async Task Without_the_right_to_read_an_owner_it_is_the_workload()
    {
        var set = Create("replicasets", "web-1", Reference("apps/v1", "Deployment", "web", "u"));
        _server.Fail("get", "replicasets", Fault.Status(403, "Forbidden"));
        var chain = await _walk.WalkAsync(Pod(Reference("apps/v1", "ReplicaSet", "web-1", set)), Cancel);
        Assert.Equal("ReplicaSet", chain.Workload?.Kind);
        Assert.StartsWith("ReplicaSet web-1 cannot be read: ", chain.Problem, StringComparison.Ordinal);
    }

    private static PodView Pod(OwnerReference owner) => Samples.Pod("web-1-abc") with { Controller = owner };

    private static OwnerReference Reference(string apiVersion, string kind, string name, string uid) =>
        new() { ApiVersion = apiVersion, Kind = kind, Name = name, Uid = uid, Controller = true };

    private static JsonObject Json(OwnerReference owner) => new()
    {
        ["apiVersion"] = owner.ApiVersion,
        ["kind"] = owner.Kind,
        ["name"] = owner.Name,
        ["uid"] = owner.Uid,
        ["controller"] = true,
    };

    private string Create(string plural, string name, OwnerReference? owner)
    {
        var metadata = new JsonObject { ["name"] = name, ["namespace"] = "shop" };
        if (owner is not null)
        {
            metadata["ownerReferences"] = new JsonArray(Json(owner));
        }

        return (string)_server.Create(plural, new JsonObject { ["metadata"] = metadata })["metadata"]!["uid"]!;
    }
}
