using OssRuntime.Model.Images;

namespace OssRuntime.Inventory;

/// <summary>How far the reading of one layer is.</summary>
/// <param name="Layer">The layer's digest; null for a root file system on disk.</param>
/// <param name="Number">Its place in the image, from 1.</param>
/// <param name="Layers">How many layers the image has.</param>
/// <param name="Read">Bytes of it that were read; of a root file system the files looked at.</param>
/// <param name="Total">Bytes it has; null where nobody knows beforehand.</param>
/// <param name="State">What is done with it.</param>
public readonly record struct IndexProgress(Digest? Layer, int Number, int Layers, long Read, long? Total, LayerState State);
