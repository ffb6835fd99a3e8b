using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>An SBOM that was found with an image and is about it.</summary>
/// <param name="Source">Where.</param>
/// <param name="Name">What it is called: its kind and digest.</param>
/// <param name="Document">What it says.</param>
/// <param name="VerifiedBy">The key or the identity whose signature over it was verified; null where none was.</param>
internal sealed record FoundSbom(InventorySource Source, string Name, SbomDocument Document, string? VerifiedBy)
{
    /// <summary>Why its signature counts for nothing, where it has one and somebody is trusted; or null.</summary>
    public string? Distrust { get; init; }
}
