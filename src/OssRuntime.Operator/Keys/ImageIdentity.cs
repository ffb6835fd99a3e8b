using OssRuntime.Model.Images;

namespace OssRuntime.Operator.Keys;

/// <summary>
/// Reads the <c>imageID</c> of a container's status. Runtimes write <c>repository@digest</c>, dockershim put <c>docker-pullable://</c> before it;
/// an image that was built or loaded on the node has only the id of its configuration, which no registry knows.
/// </summary>
internal static class ImageIdentity
{
    private static readonly string[] Schemes = ["docker-pullable://", "docker://", "containerd://", "cri-o://"];

    /// <summary>
    /// The places that may hold the image, at the digest that runs: the repository of the spec first, since a node may know one digest
    /// under several repositories and reports any of them. Empty, with the reason, where there is none.
    /// </summary>
    public static IReadOnlyList<ImageReference> References(string specImage, string imageId, out string? reason)
    {
        var text = Array.Find(Schemes, scheme => imageId.StartsWith(scheme, StringComparison.Ordinal)) is { } found ? imageId[found.Length..] : imageId;
        var hasSpec = ImageReference.TryParse(specImage, out var spec, out _);
        if (text.Contains('@', StringComparison.Ordinal) && ImageReference.TryParse(text, out var reported, out reason) && reported?.Digest is { } digest)
        {
            var fromSpec = hasSpec ? spec!.At(digest) : null;
            return fromSpec is null || fromSpec == reported.At(digest) ? [reported.At(digest)] : [fromSpec, reported.At(digest)];
        }

        if (hasSpec && spec!.Digest is { } pinned)
        {
            reason = null;
            return [spec.At(pinned)];
        }

        reason = $"the node reports '{imageId}', which names no repository digest: the image was not pulled from a registry";
        return [];
    }
}
