using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Images;

/// <summary>An image with what others attached to it where it lies: signatures, statements, SBOMs.</summary>
public interface IAttachmentSource : IImageSource
{
    /// <summary>The indexes of what refers to a manifest, page by page; null where such questions are not known here.</summary>
    /// <exception cref="InventoryException">It can't be had.</exception>
    Task<IReadOnlyList<byte[]>?> FindReferrersAsync(Digest subject, CancellationToken cancellation);

    /// <summary>The manifest or index of a tag beside the image's; null where there is none.</summary>
    /// <exception cref="InventoryException">It can't be had.</exception>
    Task<byte[]?> FindManifestAsync(string tag, CancellationToken cancellation);

    /// <summary>A manifest by its descriptor; its bytes are verified.</summary>
    /// <exception cref="InventoryException">It can't be had.</exception>
    Task<byte[]> ReadManifestAsync(BlobDescriptor manifest, CancellationToken cancellation);
}
