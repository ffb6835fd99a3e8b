using OssRuntime.Model.Collections;
using OssRuntime.Model.Images;
using OssRuntime.Model.Packages;

namespace OssRuntime.Model.Inventories;

/// <summary>The components of one image (digest and platform), with how they were obtained. It depends on bytes only and never expires.</summary>
public sealed record ComponentInventory
{
    /// <summary>The digest of the platform's manifest; null for a root file system or an SBOM file.</summary>
    public Digest? Digest { get; init; }

    /// <summary>What the image was built for; null where nothing tells.</summary>
    public Platform? Platform { get; init; }

    /// <summary>How the components were obtained.</summary>
    public InventorySource Source { get; init; }

    /// <summary>True where a signature over the source was verified.</summary>
    public bool Verified { get; init; }

    /// <summary>The distribution, or null for an image without one (a static binary).</summary>
    public OsRelease? OsRelease { get; init; }

    /// <summary>The components in a fixed order: by purl, then by path.</summary>
    public required EquatableArray<Component> Components { get; init; }

    /// <summary>What could not be read, in the order of the paths.</summary>
    public EquatableArray<Unknown> Unknowns { get; init; } = [];

    /// <summary>The SBOM that was found with the image, and how it stands against the image's files; null where none was looked for or found.</summary>
    public SbomComparison? Declaration { get; init; }

    /// <summary>The image's layers, the lowest first; empty for a root file system or an SBOM file.</summary>
    public EquatableArray<ImageLayer> Layers { get; init; } = [];

    /// <summary>The image that this one was built on; null where nothing tells.</summary>
    public BaseImage? Base { get; init; }

    /// <summary>What it cost.</summary>
    public InventoryCost Cost { get; init; } = new(0, 0, 0, 0);

    /// <summary>True where the base image brought the component, false where it did not, null where the base image's layers are not known.</summary>
    public bool? IsFromBase(Component component)
    {
        if (Base is not { Layers: > 0 } || component.Location.Layer is not { } digest)
        {
            return null;
        }

        foreach (var layer in Layers)
        {
            if (layer.Digest == digest)
            {
                return layer.IsBase;
            }
        }

        return null;
    }
}
