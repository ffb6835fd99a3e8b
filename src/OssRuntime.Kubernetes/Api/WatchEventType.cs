namespace OssRuntime.Kubernetes.Api;

/// <summary>What happened.</summary>
public enum WatchEventType
{
    /// <summary>The object came into being, or into the selector's view.</summary>
    Added,

    /// <summary>The object changed.</summary>
    Modified,

    /// <summary>The object went, or left the selector's view. It carries its last state.</summary>
    Deleted,

    /// <summary>Nothing but the version: everything up to it has been sent.</summary>
    Bookmark,
}
