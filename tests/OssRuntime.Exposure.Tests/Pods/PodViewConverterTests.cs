using System.Text.Json;
using OssRuntime.Exposure.Pods;

namespace OssRuntime.Exposure.Tests.Pods;

public sealed class PodViewConverterTests
{
    [Fact]
    public void Containers_of_every_class_are_read_with_what_the_kubelet_says_of_them()
    {
        var pod = Read("full");

        Assert.Equal(
            [
                new PodContainer("migrate", ContainerClass.Init, "shop/migrate:1", "registry.example/shop/migrate@sha256:" + new string('1', 64), null),
                new PodContainer("proxy", ContainerClass.Sidecar, "mesh/proxy:2", "", "ImagePullBackOff"),
                new PodContainer("web", ContainerClass.Container, "shop/web:1", "registry.example/shop/web@sha256:" + new string('2', 64), null),
                new PodContainer("debugger", ContainerClass.Ephemeral, "tools/debug:1", "registry.example/tools/debug@sha256:" + new string('3', 64), null),
            ],
            pod.Containers);
        Assert.Equal("web-5d9c7b", pod.Controller?.Name);
        Assert.Equal("node-a", pod.Node);
        Assert.Equal("shopkeeper", pod.ServiceAccount);
        Assert.Equal(["pull"], pod.PullSecrets);
        Assert.False(pod.Finished);
    }

    [Fact]
    public void Equal_texts_of_two_pods_are_kept_once()
    {
        var (first, second) = (Read("full"), Read("full"));
        Assert.Same(first.Containers[0].ImageId, second.Containers[0].ImageId);
        Assert.Same(first.Node, second.Node);
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"a","namespace":"n"}}""", false)]
    [InlineData("""{"metadata":{"name":"a","namespace":"n"},"spec":{"containers":null},"status":{"phase":"Succeeded"}}""", true)]
    [InlineData("""{"metadata":{"name":"a","namespace":"n"},"spec":{"containers":[{}]},"status":{"phase":"Failed","containerStatuses":[{}]}}""", true)]
    public void A_pod_with_little_in_it_is_still_a_pod(string json, bool finished)
    {
        var pod = JsonSerializer.Deserialize(json, PodJson.Default.PodView)!;
        Assert.Equal("n/a", pod.Key.ToString());
        Assert.Equal("default", pod.ServiceAccount);
        Assert.Equal(finished, pod.Finished);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{"spec":{}}""")]
    [InlineData("""{"metadata":{"name":"a"},"spec":{"containers":{"no":"list"}}}""")]
    public void What_is_no_pod_is_refused(string json) =>
        Assert.True(Record.Exception(() => JsonSerializer.Deserialize(json, PodJson.Default.PodView)) is JsonException || json == "null");

    private static PodView Read(string name) =>
        JsonSerializer.Deserialize(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"Pods/testdata/{name}.json")), PodJson.Default.PodView)!;
}
