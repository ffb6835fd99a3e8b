using System.Text.Json.Serialization;

namespace OssRuntime.Kubernetes.Tests.Informers;

[JsonSerializable(typeof(SlimPod))]
public sealed partial class SlimPodJsonContext : JsonSerializerContext;
