namespace OssRuntime.Kubernetes.Api;

/// <summary>An object that the server sent and that does not fit its type.</summary>
/// <param name="Key">Its name, if at least the metadata could be read.</param>
/// <param name="Reason">What does not fit.</param>
public sealed record UndecodableObject(ObjectKey? Key, string Reason);
