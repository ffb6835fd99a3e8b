using OssRuntime.Inventory.Layers;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Merging;

/// <summary>A layer's index with the layer's digest; a root file system on disk has none.</summary>
internal sealed record LayerContent(Digest? Layer, LayerIndex Index);
