using System.Text.Json.Serialization;

namespace OssRuntime.Operator.Policies;

/// <summary>How hits are written into an ImageInventory.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(HitLine))]
internal sealed partial class HitJson : JsonSerializerContext;
