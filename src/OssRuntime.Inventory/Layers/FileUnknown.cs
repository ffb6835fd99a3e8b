namespace OssRuntime.Inventory.Layers;

/// <summary>A path that could not be read, and why.</summary>
internal sealed record FileUnknown(string Path, string Reason);
