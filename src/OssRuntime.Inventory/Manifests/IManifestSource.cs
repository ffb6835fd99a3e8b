namespace OssRuntime.Inventory.Manifests;

/// <summary>Where manifests lie, and the blobs that they name.</summary>
internal interface IManifestSource
{
    /// <summary>A manifest or index by its descriptor; its bytes are verified.</summary>
    /// <exception cref="Failures.InventoryException">It can't be had.</exception>
    Task<byte[]> ReadManifestAsync(BlobDescriptor manifest, CancellationToken cancellation);

    /// <summary>Opens a blob. Its bytes are not verified here.</summary>
    /// <exception cref="Failures.InventoryException">It can't be had.</exception>
    Task<Stream> OpenBlobAsync(BlobDescriptor blob, CancellationToken cancellation);
}
