using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Resources;
using OssRuntime.Stage.Queries;
using YamlDotNet.RepresentationModel;

namespace OssRuntime.EndToEnd.Tests.Policies;

/// <summary>
/// The JMESPath of config/policies/kyverno over ImageInventories as the operator writes them and pods as Kyverno shows them. Kyverno itself is not to be had
/// here: what is not tried is how it reads the files.
/// </summary>
public sealed class KyvernoPolicyTests
{
    [Theory]
    [InlineData("no-malicious-packages", "shop/bad:1", true)]
    [InlineData("no-malicious-packages", "shop/old:1", false)]
    [InlineData("no-malicious-packages", "shop/good:1", false)]
    [InlineData("no-malicious-packages", "shop/unheard-of:1", false)]
    [InlineData("no-malicious-packages", "shop/renamed@sha256:bad", true)]
    [InlineData("no-exploited-flaws", "shop/exploited:1", true)]
    [InlineData("no-exploited-flaws", "shop/bad:1", false)]
    [InlineData("no-ended-releases", "shop/old:1", true)]
    [InlineData("no-ended-releases", "shop/good:1", false)]
    public async Task A_rule_denies_pods_with_what_it_is_about(string rule, string image, bool denied) =>
        Assert.Equal(denied, await IsDeniedAsync(rule, Pod("shop/good:1", image)));

    [Fact]
    public async Task Init_containers_count() => Assert.True(await IsDeniedAsync("no-malicious-packages", Pod("shop/good:1", null, init: "shop/bad:1")));

    [Fact]
    public void Every_rule_leaves_the_systems_own_pods_alone_and_begins_with_an_audit() => Assert.All(Rules(), rule =>
    {
        Assert.Equal(["kube-system", "ossruntime"], ((YamlSequenceNode)rule["exclude"]["any"][0]["resources"]["namespaces"]).Select(node => node.ToString()));
        Assert.Equal("Audit", rule["validate"]["failureAction"].ToString());
    });

    [Fact]
    public void The_copy_in_memory_is_of_our_kind()
    {
        var kind = Documents().Single(document => document["kind"].ToString() == "GlobalContextEntry")["spec"]["kubernetesResource"];
        Assert.Equal(
            (ImageInventory.Resource.Group, ImageInventory.Resource.Version, ImageInventory.Resource.Plural),
            (kind["group"].ToString(), kind["version"].ToString(), kind["resource"].ToString()));
    }

    private static async Task<bool> IsDeniedAsync(string name, string pod)
    {
        var path = await JmesPath.FindAsync(Console.Error, TestContext.Current.CancellationToken);
        var rule = Rules().Single(rule => rule["name"].ToString() == name);
        var values = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var entry in (YamlSequenceNode)rule["context"])
        {
            var (json, expression) = ((YamlMappingNode)entry).Children.TryGetValue("variable", out var variable)
                ? (pod, variable["jmesPath"])
                : (Inventories(), entry["globalReference"]["jmesPath"]);
            values[entry["name"].ToString()] = JsonNode.Parse(await path.SearchAsync(json, expression.ToString())) is JsonArray found
                ? [.. found.Select(item => item!.GetValue<string>())]
                : [];
        }

        // AnyIn: one of the keys is among the values.
        return ((YamlSequenceNode)rule["validate"]["deny"]["conditions"]["any"]).Any(condition =>
        {
            Assert.Equal("AnyIn", condition["operator"].ToString());
            return Named(condition["key"]).Intersect(Named(condition["value"])).Any();
        });

        HashSet<string> Named(YamlNode node) => values[node.ToString().Trim('{', '}', ' ')];
    }

    private static IEnumerable<YamlNode> Rules() => (YamlSequenceNode)Documents().Single(document => document["kind"].ToString() == "ClusterPolicy")["spec"]["rules"];

    private static IEnumerable<YamlNode> Documents()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Checkout.At("config/policies/kyverno/images.yaml"))));
        return yaml.Documents.Select(document => document.RootNode);
    }

    // As Kyverno shows a request: the object, and the parts of each image's name.
    private static string Pod(string first, string? second, string? init = null)
    {
        var containers = new[] { first, second }.OfType<string>().ToList();
        var pod = new JsonObject
        {
            ["request"] = new JsonObject { ["object"] = new JsonObject { ["spec"] = new JsonObject { ["containers"] = Containers(containers) } } },
            ["images"] = new JsonObject { ["containers"] = Images(containers) },
        };
        if (init is not null)
        {
            pod["request"]!["object"]!["spec"]!["initContainers"] = Containers([init]);
            pod["images"]!["initContainers"] = Images([init]);
        }

        return pod.ToJsonString();
    }

    private static JsonArray Containers(List<string> images) => [.. images.Select((image, i) => (JsonNode)new JsonObject { ["name"] = $"c{i}", ["image"] = image })];

    private static JsonObject Images(List<string> images) => new(images.Select((image, i) => KeyValuePair.Create(
        $"c{i}", (JsonNode?)(image.Contains('@', StringComparison.Ordinal) ? new JsonObject { ["path"] = image.Split('@')[0], ["digest"] = image.Split('@')[1] } : new JsonObject { ["path"] = image }))));

    private static string Inventories() => "[" + string.Join(',', new[]
    {
        Inventory("shop/bad:1", "sha256:bad", new FindingCounts { Malicious = 1 }),
        Inventory("shop/exploited:1", "sha256:exploited", new FindingCounts { KnownExploited = 2, Critical = 2 }),
        Inventory("shop/old:1", "sha256:old", new FindingCounts { EndOfLife = 1 }),
        Inventory("shop/good:1", "sha256:good", new FindingCounts()),
        JsonSerializer.Serialize(new ImageInventory { Metadata = new ObjectMeta { Name = "pending" }, Spec = new ImageInventorySpec { Digest = "sha256:x", Platform = "linux/amd64" } }, ResourceJson.Default.ImageInventory),
    }) + "]";

    private static string Inventory(string image, string digest, FindingCounts counts) => JsonSerializer.Serialize(
        new ImageInventory
        {
            Metadata = new ObjectMeta { Name = image[5..^2] },
            Spec = new ImageInventorySpec { Digest = digest, Platform = "linux/amd64", Image = image },
            Report = new ImageInventoryReport { Source = "Layers", Counts = counts },
        },
        ResourceJson.Default.ImageInventory);
}
