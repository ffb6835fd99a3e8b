using OssRuntime.Model.Images;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Keys;

/// <summary>What work is keyed by: the digest that the kubelet reports, and the platform of the node it runs on.</summary>
internal sealed record ImageKey(Digest Digest, Platform Platform)
{
    private const int DigestDigits = 32;

    /// <summary>
    /// The name of the image's ImageInventory: 128 bits of the digest, then the platform. Both are in the object's spec in full.
    /// </summary>
    public string ResourceName => $"{Digest.Hex[..DigestDigits]}-{Platform.ToString().Replace('/', '-').Replace('_', '-').ToLowerInvariant()}";

    /// <inheritdoc/>
    public override string ToString() => $"{Digest} {Platform}";

    /// <summary>The image of an ImageInventory, or null where its spec is none that we wrote.</summary>
    public static ImageKey? Of(ImageInventory resource) =>
        Digest.TryParse(resource.Spec.Digest, out var digest) && Platform.TryParse(resource.Spec.Platform, out var platform)
            ? new ImageKey(digest, platform)
            : null;
}
