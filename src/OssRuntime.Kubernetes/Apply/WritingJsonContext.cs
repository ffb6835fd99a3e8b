using System.Text.Json.Serialization;

namespace OssRuntime.Kubernetes.Apply;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventBody))]
[JsonSerializable(typeof(EventSeriesPatch))]
internal sealed partial class WritingJsonContext : JsonSerializerContext;
