using System.Text.Json.Serialization;

namespace OssRuntime.Operator.Hosting;

/// <summary>How the questions are written that serving asks.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenReview))]
internal sealed partial class HostingJson : JsonSerializerContext;
