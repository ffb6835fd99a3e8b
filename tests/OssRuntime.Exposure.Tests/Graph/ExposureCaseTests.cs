using System.Text.Json.Nodes;
using OssRuntime.Exposure.Graph;
using OssRuntime.Kubernetes.Api;
using YamlDotNet.RepresentationModel;

namespace OssRuntime.Exposure.Tests.Graph;

/// <summary>Objects in, level and path out: each file of testdata/cases is one case, about the pod <c>shop/web</c>.</summary>
public sealed class ExposureCaseTests
{
    private static readonly ObjectKey Web = new("shop", "web");

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Graph/testdata/cases");

    public static TheoryData<string> Cases => [.. Directory.GetFiles(Folder, "*.yaml").Select(file => Path.GetFileNameWithoutExtension(file)!).Order()];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Level_and_path_are_those_of_the_case(string name)
    {
        var (expected, objects) = Load(name);
        var graph = new ExposureGraph();
        objects.ForEach(item => ClusterYaml.Put(graph, item));

        Assert.Equal(expected, ExpectedExposure.Of(graph.Of(Web)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_order_in_which_objects_come_is_of_no_matter(string name)
    {
        var (expected, objects) = Load(name);
        var random = new Random(name.Length);
        for (var round = 0; round < 20; round++)
        {
            var graph = new ExposureGraph();
            foreach (var item in objects.OrderBy(_ => random.Next()))
            {
                ClusterYaml.Put(graph, item);

                // An answer in between must not leave anything behind.
                graph.Of(Web);
            }

            Assert.Equal(expected, ExpectedExposure.Of(graph.Of(Web)));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_was_there_and_is_gone_leaves_no_trace(string name)
    {
        var (_, objects) = Load(name);
        var pod = objects.Find(item => item["kind"]!.GetValue<string>() == "Pod")!;
        var alone = new ExposureGraph();
        ClusterYaml.Put(alone, pod);
        var graph = new ExposureGraph();
        objects.ForEach(item => ClusterYaml.Put(graph, item));
        graph.Settle();
        foreach (var item in objects.Where(item => item != pod))
        {
            ClusterYaml.Put(graph, item, present: false);
            graph.Settle();
        }

        Assert.Equal(alone.Of(Web), graph.Of(Web));
        ClusterYaml.Put(graph, pod, present: false);
        Assert.Null(graph.Of(Web));
    }

    [Fact]
    public void There_are_many_cases() => Assert.True(Cases.Count >= 40);

    private static (ExpectedExposure Expected, List<JsonNode> Objects) Load(string name)
    {
        var root = ClusterYaml.Load(Path.Combine(Folder, name + ".yaml"));
        return (
            ExpectedExposure.In(root),
            [.. ((YamlSequenceNode)root["objects"]).Select(item => ClusterYaml.Read(item)!)]);
    }
}
