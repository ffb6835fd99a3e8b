using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Apply;

/// <summary>The object that an event is about.</summary>
/// <param name="ApiVersion">Its group and version.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Key">Its namespace and name.</param>
/// <param name="Uid">Its identity; by it <c>kubectl describe</c> finds the event.</param>
public sealed record EventSubject(string ApiVersion, string Kind, ObjectKey Key, string Uid)
{
    /// <summary>The subject for an object of a kind.</summary>
    public static EventSubject Of(ResourceKind kind, IResource item) => new(kind.ApiVersion, kind.Kind, item.Key, item.Uid);
}
