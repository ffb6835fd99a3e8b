using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Watching;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Watching;

/// <summary>Kinds are followed once the server has them, and what it does not have costs it nearly nothing.</summary>
public sealed class KindWatchTests
{
    [Fact]
    public async Task Kinds_of_groups_that_the_server_does_not_have_are_ruled_out_by_one_request()
    {
        await using var server = await FakeApiServer.StartAsync(null, new FakeKind("apps", "v1", "deployments", "Deployment", true), new FakeKind("", "v1", "pods", "Pod", true));
        using var connection = KubernetesConnection.To(server.Address);
        var kinds = new KindWatch(new ApiDiscovery(connection), connection.Environment);
        var begun = new List<string>();
        kinds.Await("apps", "Deployment", kind => begun.Add(kind.Plural));
        kinds.Await("", "Pod", kind => begun.Add(kind.Plural));
        for (var i = 0; i < 50; i++)
        {
            kinds.Await($"missing{i}.example", "Way", kind => begun.Add(kind.Plural));
        }

        await kinds.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["deployments", "pods"], begun);
        Assert.Equal(["/apis", "/apis/apps", "/apis/apps/v1", "/api/v1"], server.Requests.Select(request => request.Path));
    }
}
