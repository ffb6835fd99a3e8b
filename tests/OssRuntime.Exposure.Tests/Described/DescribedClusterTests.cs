using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Exposure.Described;
using OssRuntime.Exposure.Kinds;
using OssRuntime.Exposure.Tests.Graph;
using YamlDotNet.RepresentationModel;

namespace OssRuntime.Exposure.Tests.Described;

/// <summary>What manifests show is what the cluster would: every case of testdata/cases, as manifests.</summary>
public sealed class DescribedClusterTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Graph/testdata/cases");

    /// <summary>Cases in whose namespace nothing leads to pods or keeps others from them: a cluster knows that there is nothing, files do not.</summary>
    private static readonly string[] Silent =
        ["alias-circle", "host-network-private", "host-port-loopback", "pod-address", "pod-without-anything", "service-in-other-namespace"];

    /// <summary>Cases about a namespace that is not there: where a policy admits it, manifests are taken to leave it out.</summary>
    private static readonly string[] Assumed = ["policy-no-such-namespace"];

    /// <summary>Cases about a Service that is not there: files may leave it out, and say so.</summary>
    private static readonly string[] Open = ["ingress-service-missing"];

    public static TheoryData<string> Cases => ExposureCaseTests.Cases;

    [Theory]
    [MemberData(nameof(Cases))]
    public void Manifests_and_the_cluster_agree(string name)
    {
        var root = ClusterYaml.Load(Path.Combine(Folder, name + ".yaml"));
        var expected = ExpectedExposure.In(root);
        List<JsonElement> items = [.. ((YamlSequenceNode)root["objects"]).Select(item => Manifest(ClusterYaml.Read(item)!))];
        var pod = items.Single(item => item.GetProperty("kind").GetString() == "Pod" && item.GetProperty("metadata").GetProperty("name").GetString() == "web");

        var found = DescribedCluster.Of(items, "shop", new Dictionary<string, string>()).Judge("shop", pod);

        if (Silent.Contains(name))
        {
            Assert.Null(found);
        }
        else if (Open.Contains(name))
        {
            Assert.Equal(expected with { Uncertain = "Ingress shop/web leads to Service shop/web, which is not shown" }, ExpectedExposure.Of(found));
        }
        else if (Assumed.Contains(name))
        {
            Assert.NotEqual(expected, ExpectedExposure.Of(found));
        }
        else
        {
            Assert.Equal(expected, ExpectedExposure.Of(found));
        }
    }

    // The cases leave out what a manifest must say.
    private static JsonElement Manifest(JsonNode item)
    {
        var kind = ExposureKinds.All.First(kind => kind.Id == item["kind"]!.GetValue<string>());
        item["kind"] = kind.Kind;
        item["apiVersion"] = kind.Group.Length == 0 ? "v1" : $"{kind.Group}/v1";
        return JsonDocument.Parse(item.ToJsonString()).RootElement;
    }
}
