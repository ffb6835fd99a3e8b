using System.Text.Json.Serialization;

namespace OssRuntime.Policy.Rules;

/// <summary>How a RiskPolicy is read: unknown fields are refused.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RiskPolicyDocument))]
internal sealed partial class RiskPolicyJson : JsonSerializerContext;
