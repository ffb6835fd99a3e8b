using OssRuntime.Inventory.BaseImages;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Java;
using OssRuntime.Inventory.Sboms.Discovery;

namespace OssRuntime.Inventory;

/// <summary>How images are read.</summary>
public sealed record InventoryOptions
{
    /// <summary>What an inventory is made of.</summary>
    public InventoryMode Mode { get; init; }

    /// <summary>Where SBOMs are looked for and which are believed, where the mode wants them.</summary>
    public SbomDiscoveryOptions Sboms { get; init; } = new();

    /// <summary>Images that others are built on: they are told by their layers.</summary>
    public KnownBaseImages BaseImages { get; init; } = KnownBaseImages.None;

    /// <summary>Which jars there are, by their checksums; null where nobody has such a list.</summary>
    public JavaChecksumIndex? JavaIndex { get; init; }

    /// <summary>How many layers of one image are read at the same time.</summary>
    public int ParallelLayers { get; init; } = 2;

    /// <summary>How much work one image may ask for.</summary>
    public ContentLimits Limits { get; init; } = new();
}
