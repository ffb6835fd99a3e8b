namespace OssRuntime.Kubernetes.Writing;

internal sealed record EventReference(string ApiVersion, string Kind, string? Namespace, string Name, string? Uid);
