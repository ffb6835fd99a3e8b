using k8s;
using k8s.Models;
using OssRuntime.Stage;
using OssRuntime.Stage.Clusters;

namespace OssRuntime.EndToEnd.Tests.Stage;

public sealed class ClusterTests(StageCluster stage) : IClassFixture<StageCluster>
{
    [Fact]
    public async Task It_answers_and_serves_a_custom_resource()
    {
        using var client = stage.Cluster.CreateClient();
        var name = $"things{Guid.NewGuid():N}"[..20];
        await client.ApiextensionsV1.CreateCustomResourceDefinitionAsync(Definition(name));
        try
        {
            var thing = new Dictionary<string, object>
            {
                ["apiVersion"] = "stage.ossruntime.io/v1",
                ["kind"] = "Thing",
                ["metadata"] = new Dictionary<string, object> { ["name"] = "one" },
                ["spec"] = new Dictionary<string, object> { ["labels"] = new Dictionary<string, string> { ["a"] = "b" } },
            };
            await Eventually(() => client.CustomObjects.CreateClusterCustomObjectAsync(thing, "stage.ossruntime.io", "v1", name));
            var read = await client.CustomObjects.GetClusterCustomObjectAsync("stage.ossruntime.io", "v1", name, "one");

            Assert.Contains("\"a\":\"b\"", KubernetesJson.Serialize(read), StringComparison.Ordinal);
        }
        finally
        {
            await client.ApiextensionsV1.DeleteCustomResourceDefinitionAsync($"{name}.stage.ossruntime.io");
        }
    }

    [Fact]
    public async Task A_user_without_a_role_is_refused()
    {
        var path = await stage.Cluster.KubeconfigForAsync("jane", ["developers"]);
        using var client = new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(path));

        var refused = await Assert.ThrowsAsync<k8s.Autorest.HttpOperationException>(() => client.CoreV1.ListNamespacedPodAsync("default"));

        Assert.Contains("jane", refused.Response.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_way_that_is_not_there_is_said_in_one_sentence()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") is { Length: > 0 }, "KUBEBUILDER_ASSETS is set");

        var missing = await Assert.ThrowsAsync<StageException>(() =>
            Cluster.FindOrStartAsync(new ClusterOptions { Only = ClusterOrigin.KubebuilderAssets }, TextWriter.Null));

        Assert.Equal("KUBEBUILDER_ASSETS names no folder with etcd and kube-apiserver.", missing.Message);
    }

    private static V1CustomResourceDefinition Definition(string plural) => new()
    {
        Metadata = new V1ObjectMeta { Name = $"{plural}.stage.ossruntime.io" },
        Spec = new V1CustomResourceDefinitionSpec
        {
            Group = "stage.ossruntime.io",
            Scope = "Cluster",
            Names = new V1CustomResourceDefinitionNames { Kind = "Thing", Plural = plural, Singular = plural[..^1] },
            Versions =
            [
                new V1CustomResourceDefinitionVersion
                {
                    Name = "v1",
                    Served = true,
                    Storage = true,
                    Schema = new V1CustomResourceValidation
                    {
                        OpenAPIV3Schema = new V1JSONSchemaProps { Type = "object", XKubernetesPreserveUnknownFields = true },
                    },
                },
            ],
        },
    };

    // A definition is served a moment after it was accepted.
    private static async Task Eventually(Func<Task> act)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            try
            {
                await act();
                return;
            }
            catch (k8s.Autorest.HttpOperationException notYet) when (notYet.Response.StatusCode == System.Net.HttpStatusCode.NotFound)
            {
                await Task.Delay(50, limit.Token);
            }
        }
    }
}
