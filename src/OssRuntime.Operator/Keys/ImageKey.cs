using OssRuntime.Model.Images;

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
}
