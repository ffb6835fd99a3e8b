using System.Text.Json.Serialization;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.DenyLists;

/// <summary>How the ConfigMap is read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ConfigMapView))]
internal sealed partial class DenyListJson : JsonSerializerContext;
