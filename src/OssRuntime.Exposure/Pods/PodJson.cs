using System.Text.Json.Serialization;

namespace OssRuntime.Exposure.Pods;

/// <summary>How pods and nodes are read from the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PodDocument))]
[JsonSerializable(typeof(PodDocument.PodSpec))]
[JsonSerializable(typeof(PodView))]
[JsonSerializable(typeof(NodeView))]
internal sealed partial class PodJson : JsonSerializerContext;
