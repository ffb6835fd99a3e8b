using OssRuntime.Inventory.Layers;
using OssRuntime.Inventory.Sboms.Discovery;

namespace OssRuntime.Inventory;

/// <summary>How images are read.</summary>
public sealed record InventoryOptions
{
    /// <summary>What an inventory is made of.</summary>
    public InventoryMode Mode { get; init; }

    /// <summary>Where SBOMs are looked for and which are believed, where the mode wants them.</summary>
    public SbomDiscoveryOptions Sboms { get; init; } = new();

    /// <summary>How many layers of one image are read at the same time.</summary>
    public int ParallelLayers { get; init; } = 2;

    /// <summary>How much work one image may ask for.</summary>
    public ContentLimits Limits { get; init; } = new();
}
