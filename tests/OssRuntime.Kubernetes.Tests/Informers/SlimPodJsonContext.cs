using System.Text.Json.Serialization;

namespace OssRuntime.Kubernetes.Tests.Watching;

[JsonSerializable(typeof(SlimPod))]
public sealed partial class SlimPodJsonContext : JsonSerializerContext;
