namespace OssRuntime.Kubernetes.Api;

/// <summary>One event of a watch.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object; null for a bookmark, and where it could not be read.</param>
/// <param name="ResourceVersion">The version to resume after this event; empty where it could not be read.</param>
public readonly record struct WatchEvent<T>(WatchEventType Type, T? Object, string ResourceVersion)
    where T : class
{
    /// <summary>The object where it could not be read, and then <see cref="Object"/> is null; null where it could, and of a bookmark.</summary>
    public UndecodableObject? Undecodable { get; init; }
}
