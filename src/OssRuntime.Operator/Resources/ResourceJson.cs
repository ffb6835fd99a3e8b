using System.Text.Json.Serialization;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Resources;

/// <summary>How our objects are read and written: camel case, nothing for null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ImageInventory))]
[JsonSerializable(typeof(WorkloadReport))]
[JsonSerializable(typeof(RiskPolicyResource))]
[JsonSerializable(typeof(RiskExceptionResource))]
[JsonSerializable(typeof(ClusterRiskExceptionResource))]
[JsonSerializable(typeof(RiskPolicySpec))]
[JsonSerializable(typeof(PolicyStatus))]
[JsonSerializable(typeof(ExceptionStatus))]
[JsonSerializable(typeof(ImageStatus))]
[JsonSerializable(typeof(WorkloadStatus))]
internal sealed partial class ResourceJson : JsonSerializerContext;
