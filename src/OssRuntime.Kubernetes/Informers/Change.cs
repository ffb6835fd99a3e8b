using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Informers;

/// <summary>
/// What happened to one object in a store. Handlers look at <b>both</b> states: a pod that changed its image concerns the image it had and
/// the one it has. An object that was deleted and created anew, seen only as an update, comes as two changes.
/// </summary>
/// <param name="Key">The object's name.</param>
/// <param name="Old">The state before; null if the object is new.</param>
/// <param name="New">The state now; null if the object is gone.</param>
/// <param name="Initial">True while the store is first filled, or a handler is told of what was there before it came: not news.</param>
public readonly record struct Change<T>(ObjectKey Key, T? Old, T? New, bool Initial)
    where T : class, IResource;
