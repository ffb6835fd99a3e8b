using System.Text.Json.Serialization;

namespace OssRuntime.Kubernetes.Api;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PartialObject))]
[JsonSerializable(typeof(ApiStatus))]
[JsonSerializable(typeof(ListMeta))]
[JsonSerializable(typeof(OwnerReference[]))]
[JsonSerializable(typeof(DeleteBody))]
[JsonSerializable(typeof(ResourceListing))]
[JsonSerializable(typeof(GroupListing))]
[JsonSerializable(typeof(GroupsListing))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
