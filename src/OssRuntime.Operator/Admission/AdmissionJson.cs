using System.Text.Json.Serialization;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Admission;

/// <summary>How the objects that admission itself needs are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SubjectAccessReview))]
[JsonSerializable(typeof(WebhookSecret))]
[JsonSerializable(typeof(WebhookConfiguration))]
[JsonSerializable(typeof(RiskExceptionSpec))]
internal sealed partial class AdmissionJson : JsonSerializerContext;
