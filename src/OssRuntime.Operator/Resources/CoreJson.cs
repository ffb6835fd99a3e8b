using System.Text.Json.Serialization;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Resources;

/// <summary>How objects of Kubernetes itself, and what seals are computed over, are read and written: camel case, nothing for null.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServiceAccountView))]
[JsonSerializable(typeof(SecretView))]
[JsonSerializable(typeof(WebhookSecret))]
[JsonSerializable(typeof(ConfigMapView))]
[JsonSerializable(typeof(RiskExceptionSpec))]
internal sealed partial class CoreJson : JsonSerializerContext;
