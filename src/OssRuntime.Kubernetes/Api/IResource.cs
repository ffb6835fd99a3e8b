namespace OssRuntime.Kubernetes.Api;

/// <summary>
/// What the runtime needs to know of an object. Implementations are immutable. They may keep these facts in any form (a uid as a
/// <see cref="Guid"/>, a version as a number): a cache of 100,000 pods lives on that.
/// </summary>
public interface IResource
{
    /// <summary>Namespace and name.</summary>
    ObjectKey Key { get; }

    /// <summary>Identity across deletion and re-creation under the same name; empty if the server gave none.</summary>
    string Uid { get; }

    /// <summary>The version of this state of the object, as the server gave it.</summary>
    string ResourceVersion { get; }
}
