using System.Text.Json.Serialization;

namespace OssRuntime.Policy.Exceptions;

/// <summary>How an exception is read: unknown fields are refused.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(RiskExceptionDocument))]
internal sealed partial class RiskExceptionJson : JsonSerializerContext;
