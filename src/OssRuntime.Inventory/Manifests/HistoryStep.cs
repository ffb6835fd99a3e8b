namespace OssRuntime.Inventory.Manifests;

/// <summary>A step of an image's history (OCI image spec, config.md).</summary>
/// <param name="CreatedBy">The command, or empty.</param>
/// <param name="HasLayer">True where it made a layer, false where it only set something.</param>
internal readonly record struct HistoryStep(string CreatedBy, bool HasLayer);
