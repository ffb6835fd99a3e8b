using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Images;

/// <summary>Where an image's manifest and blobs come from: a registry, a layout, an archive.</summary>
public interface IImageSource
{
    /// <summary>What the image is called in messages.</summary>
    string Name { get; }

    /// <summary>The digest that is asked for, where it is known before anything is read: of an index or of a manifest.</summary>
    Digest? KnownDigest { get; }

    /// <summary>Finds the manifest for a platform.</summary>
    /// <exception cref="InventoryException">There is none, or it can't be had.</exception>
    Task<ImageManifest> ResolveAsync(Platform platform, CancellationToken cancellation);

    /// <summary>Opens a blob for one reading from its start. Its bytes are not verified here.</summary>
    /// <exception cref="InventoryException">It can't be had.</exception>
    Task<Stream> OpenBlobAsync(BlobDescriptor blob, CancellationToken cancellation);
}
