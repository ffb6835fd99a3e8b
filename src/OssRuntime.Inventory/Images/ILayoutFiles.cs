using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Manifests;

namespace OssRuntime.Inventory.Images;

/// <summary>The files of an OCI layout, wherever it lies.</summary>
internal interface ILayoutFiles
{
    /// <summary>Reads a small file of the layout's root.</summary>
    /// <exception cref="InventoryException">There is none.</exception>
    Task<byte[]> ReadFileAsync(string name, CancellationToken cancellation);

    /// <summary>Opens a blob.</summary>
    /// <exception cref="InventoryException">There is none.</exception>
    Task<Stream> OpenBlobAsync(BlobDescriptor blob, CancellationToken cancellation);
}
