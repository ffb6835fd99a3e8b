using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Images;

/// <summary>An image in a directory (OCI image spec, image-layout.md): <c>oci:DIR[:TAG]</c>.</summary>
public sealed class OciLayout : IAttachmentSource, ILayoutFiles
{
    private readonly string _directory;
    private readonly LayoutImage _image;

    /// <summary>Names an image of a layout; nothing is read yet.</summary>
    /// <param name="directory">The directory with <c>index.json</c>.</param>
    /// <param name="tag">The image's name in the layout; null where it has only one.</param>
    public OciLayout(string directory, string? tag)
    {
        _directory = directory;
        _image = new LayoutImage(tag, this);
        Name = tag is null ? directory : $"{directory}:{tag}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Digest? KnownDigest => null;

    /// <inheritdoc/>
    public Task<ImageManifest> ResolveAsync(Platform platform, CancellationToken cancellation) => _image.ResolveAsync(platform, cancellation);

    /// <inheritdoc/>
    public Task<Stream> OpenBlobAsync(BlobDescriptor blob, CancellationToken cancellation)
    {
        var path = Path.Combine(_directory, "blobs", blob.Digest.Algorithm, blob.Digest.Hex);
        try
        {
            return Task.FromResult<Stream>(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InventoryException(FailureReason.BlobUnknown, $"the layout has no blob {blob.Digest}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InventoryException(FailureReason.SourceInvalid, $"blob {blob.Digest} cannot be opened: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]>?> FindReferrersAsync(Digest subject, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<byte[]>?>(null);

    /// <inheritdoc/>
    public Task<byte[]?> FindManifestAsync(string tag, CancellationToken cancellation) => _image.FindManifestAsync(tag, cancellation);

    /// <inheritdoc/>
    public Task<byte[]> ReadManifestAsync(BlobDescriptor manifest, CancellationToken cancellation) => _image.ReadManifestAsync(manifest, cancellation);

    async Task<byte[]> ILayoutFiles.ReadFileAsync(string name, CancellationToken cancellation)
    {
        try
        {
            using var file = File.OpenRead(Path.Combine(_directory, name));
            return await BoundedRead.AllAsync(file, ManifestDocument.LargestDocument, name, cancellation);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InventoryException(FailureReason.SourceNotFound, $"'{_directory}' is not an OCI layout: it has no {name}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InventoryException(FailureReason.SourceInvalid, $"{name} of '{_directory}' cannot be read: {e.Message}", e);
        }
    }
}
