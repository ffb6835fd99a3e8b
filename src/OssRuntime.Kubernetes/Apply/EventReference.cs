namespace OssRuntime.Kubernetes.Apply;

internal sealed record EventReference(string ApiVersion, string Kind, string? Namespace, string Name, string? Uid);
