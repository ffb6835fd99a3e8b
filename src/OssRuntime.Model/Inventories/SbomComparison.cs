using OssRuntime.Model.Collections;

namespace OssRuntime.Model.Inventories;

/// <summary>An SBOM that was found with an image, and how what it declares stands against what the image's files show.</summary>
/// <param name="Source">Where it was found.</param>
/// <param name="Name">What it is called: its kind and digest, or its path in the image.</param>
/// <param name="Format">CycloneDX, SPDX or Syft, with its form.</param>
public sealed record SbomComparison(InventorySource Source, string Name, string Format)
{
    /// <summary>The key or the identity whose signature over it was verified; null where none was.</summary>
    public string? VerifiedBy { get; init; }

    /// <summary>True where what only it declares is part of the inventory; false where it was just compared.</summary>
    public bool Used { get; init; }

    /// <summary>True where the image's files were read to compare it with.</summary>
    public bool Compared { get; init; }

    /// <summary>How many components it declares.</summary>
    public int Components { get; init; }

    /// <summary>Purls that the files show and the SBOM leaves out, in their order.</summary>
    public EquatableArray<string> LeftOut { get; init; } = [];

    /// <summary>Purls that the SBOM declares and no file shows, in their order.</summary>
    public EquatableArray<string> Added { get; init; } = [];

    /// <summary>Packages that the SBOM declares at another version than the files show.</summary>
    public EquatableArray<DeclaredDifference> Different { get; init; } = [];
}
