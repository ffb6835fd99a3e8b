using System.Text.Json.Serialization;

namespace OssRuntime.Kubernetes.Tests;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Widget))]
[JsonSerializable(typeof(AppliedWidget))]
public sealed partial class WidgetJsonContext : JsonSerializerContext;
