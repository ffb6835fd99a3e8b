using OssRuntime.Kubernetes.Api;

namespace OssRuntime.Kubernetes.Apply;

/// <summary>
/// An object as it shall be, whole: what is not said is given up. The members of the body stand beside the metadata; its own
/// <c>apiVersion</c>, <c>kind</c>, <c>metadata</c> and <c>status</c>, if it has such members, are left out.
/// </summary>
/// <param name="Key">Namespace and name.</param>
/// <param name="Body">The content; it must serialize in a stable order.</param>
public sealed record Desired<TBody>(ObjectKey Key, TBody Body)
{
    /// <summary>Labels.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Annotations; the hash is added.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Owners, with whom the object goes; they live in the same namespace or in none.</summary>
    public IReadOnlyList<OwnerReference>? Owners { get; init; }

    /// <summary>
    /// True where what is stored is known not to be what its hash says, so that it is written again whatever the hash: somebody else may have changed
    /// the object and left the hash as it was.
    /// </summary>
    public bool IsMistrusted { get; init; }
}
