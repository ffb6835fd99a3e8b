using System.Text.Json.Serialization;

namespace OssRuntime.Kubernetes.LeaderElection;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LeaseObject))]
[JsonSerializable(typeof(LeasePatch))]
internal sealed partial class LeaseJsonContext : JsonSerializerContext;
