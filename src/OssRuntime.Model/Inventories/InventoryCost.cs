namespace OssRuntime.Model.Inventories;

/// <summary>What an inventory cost: compressed bytes read, layers read and layers that were known already, milliseconds.</summary>
public sealed record InventoryCost(long BytesRead, int LayersRead, int LayersKnown, long Milliseconds);
