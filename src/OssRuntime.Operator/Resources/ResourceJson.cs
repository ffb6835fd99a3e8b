using System.Text.Json.Serialization;

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
[JsonSerializable(typeof(DecisionStatus))]
[JsonSerializable(typeof(ImageStatus))]
[JsonSerializable(typeof(WorkloadStatus))]
internal sealed partial class ResourceJson : JsonSerializerContext;
