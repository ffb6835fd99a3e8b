using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Manifests;

/// <summary>One manifest that an index names.</summary>
/// <param name="Manifest">Where it is.</param>
/// <param name="Platform">What it is for; null where the index does not tell.</param>
/// <param name="IsAttestation">True where BuildKit put statements about another manifest there, not an image.</param>
/// <param name="Name">The tag that a layout gives it, or null.</param>
internal sealed record IndexEntry(BlobDescriptor Manifest, Platform? Platform, bool IsAttestation, string? Name)
{
    /// <summary>The manifest that the statements are about, or null.</summary>
    public Digest? AttestationOf { get; init; }

    /// <summary>What an artifact says it is, or null.</summary>
    public string? ArtifactType { get; init; }
}
