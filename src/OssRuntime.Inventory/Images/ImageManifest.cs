using System.Collections.Immutable;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Images;

/// <summary>One platform's image: what it is made of.</summary>
/// <param name="Digest">The manifest's digest; of an archive without one, the digest of its configuration (the image ID).</param>
/// <param name="Platform">What it was built for; null where neither index nor configuration tells.</param>
/// <param name="Layers">The layers, the lowest first.</param>
public sealed record ImageManifest(Digest Digest, Platform? Platform, ImmutableArray<BlobDescriptor> Layers)
{
    /// <summary>The digest of the index that led here, where one did.</summary>
    public Digest? Index { get; init; }

    /// <summary>The manifests of the index that BuildKit put its statements about this image in.</summary>
    public ImmutableArray<BlobDescriptor> Attestations { get; init; } = [];
}
