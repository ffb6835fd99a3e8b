using System.Text.Json.Serialization;

namespace OssRuntime.Operator.Pods;

/// <summary>How pods and nodes are read from the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PodDocument))]
[JsonSerializable(typeof(PodDocument.PodSpec))]
[JsonSerializable(typeof(PodView))]
[JsonSerializable(typeof(NodeView))]
[JsonSerializable(typeof(ServiceAccountView))]
[JsonSerializable(typeof(SecretView))]
internal sealed partial class PodJson : JsonSerializerContext;
