using System.Text.Json.Serialization;

namespace OssRuntime.Operator.Admission;

/// <summary>How the objects that admission itself needs are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SubjectAccessReview))]
[JsonSerializable(typeof(WebhookConfiguration))]
internal sealed partial class AdmissionJson : JsonSerializerContext;
