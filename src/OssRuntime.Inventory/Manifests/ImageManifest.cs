using System.Collections.Immutable;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Manifests;

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

    /// <summary>The steps that made the image, from its configuration; empty where that is gone or has none.</summary>
    internal ImmutableArray<HistoryStep> History { get; init; } = [];

    /// <summary>The name of the base image, where the manifest's annotations tell it (OCI image spec, annotations.md).</summary>
    internal string? BaseName { get; init; }

    /// <summary>The digest of the base image, told the same way.</summary>
    internal string? BaseDigest { get; init; }
}
