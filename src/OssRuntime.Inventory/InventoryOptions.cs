using OssRuntime.Inventory.Layers;

namespace OssRuntime.Inventory;

/// <summary>How images are read.</summary>
public sealed record InventoryOptions
{
    /// <summary>How many layers of one image are read at the same time.</summary>
    public int ParallelLayers { get; init; } = 2;

    /// <summary>How much work one image may ask for.</summary>
    public ContentLimits Limits { get; init; } = new();
}
