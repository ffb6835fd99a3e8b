using System.Text.Json.Serialization;

namespace OssRuntime.Operator.Resources;

/// <summary>How what pods may pull with is read from the wire.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServiceAccountView))]
[JsonSerializable(typeof(SecretView))]
internal sealed partial class PullJson : JsonSerializerContext;
