using System.Text.Json.Nodes;
using OssRuntime.Exposure.Graph;
using OssRuntime.Exposure.Kinds;
using OssRuntime.Kubernetes.Api;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OssRuntime.Exposure.Tests.Graph;

/// <summary>Puts objects written as YAML into a graph, through the decoders that read them from the wire.</summary>
internal static class ClusterYaml
{
    /// <summary>Reads YAML as JSON: plain scalars that look like numbers or booleans are such.</summary>
    public static JsonNode? Read(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Read(pair.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Read)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when long.TryParse(scalar.Value, out var number) => JsonValue.Create(number),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } scalar => JsonValue.Create(scalar.Value == "true"),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    public static YamlMappingNode Load(string file)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(file);
        yaml.Load(text);
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    /// <summary>Sets the object, or takes it away.</summary>
    public static void Put(ExposureGraph graph, JsonNode item, bool present = true)
    {
        var kind = item["kind"]!.GetValue<string>();
        var metadata = item["metadata"]!;
        var key = new ObjectKey(metadata["namespace"]?.GetValue<string>(), metadata["name"]!.GetValue<string>());
        // Kinds that share their name with another one are written with their group: Gateway.networking.istio.io.
        var known = ExposureKinds.All.First(known => known.Id == kind);
        graph.Put(known.Id, key, present ? known.Read(item) : null);
    }
}
