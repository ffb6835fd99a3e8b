using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Apply;

/// <summary>One event object on the server, and how often it has happened.</summary>
internal sealed class EventLine
{
    /// <summary>The event object; null until it has been created.</summary>
    public ObjectKey? Written { get; set; }

    public int Count { get; set; }
}
