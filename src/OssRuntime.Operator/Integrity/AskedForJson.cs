using System.Text.Json.Serialization;

namespace OssRuntime.Operator.Integrity;

/// <summary>How the annotation is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AskedFor))]
internal sealed partial class AskedForJson : JsonSerializerContext;
