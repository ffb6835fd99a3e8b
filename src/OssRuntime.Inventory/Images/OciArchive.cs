using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Images;

/// <summary>An OCI layout in one tar archive: <c>oci-archive:FILE[:TAG]</c>.</summary>
public sealed class OciArchive : IAttachmentSource, ILayoutFiles
{
    private readonly ArchiveDirectory _archive;
    private readonly LayoutImage _image;

    private OciArchive(string file, string? tag)
    {
        _archive = ArchiveDirectory.Read(file);
        _image = new LayoutImage(tag, this);
        Name = tag is null ? file : $"{file}:{tag}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Digest? KnownDigest => null;

    /// <summary>Opens an archive and reads its table of contents.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="tag">The image's name in it; null where it has only one.</param>
    /// <exception cref="InventoryException">There is no such file, or it is no tar archive.</exception>
    public static OciArchive Open(string file, string? tag = null) => new(file, tag);

    /// <inheritdoc/>
    public Task<ImageManifest> ResolveAsync(Platform platform, CancellationToken cancellation) => _image.ResolveAsync(platform, cancellation);

    /// <inheritdoc/>
    public Task<Stream> OpenBlobAsync(BlobDescriptor blob, CancellationToken cancellation) => Task.FromResult(
        _archive.Open($"blobs/{blob.Digest.Algorithm}/{blob.Digest.Hex}")
            ?? throw new InventoryException(FailureReason.BlobUnknown, $"the archive has no blob {blob.Digest}"));

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]>?> FindReferrersAsync(Digest subject, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<byte[]>?>(null);

    /// <inheritdoc/>
    public Task<byte[]?> FindManifestAsync(string tag, CancellationToken cancellation) => _image.FindManifestAsync(tag, cancellation);

    /// <inheritdoc/>
    public Task<byte[]> ReadManifestAsync(BlobDescriptor manifest, CancellationToken cancellation) => _image.ReadManifestAsync(manifest, cancellation);

    async Task<byte[]> ILayoutFiles.ReadFileAsync(string name, CancellationToken cancellation)
    {
        using var stream = _archive.Open(name)
            ?? throw new InventoryException(FailureReason.SourceInvalid, $"'{Name}' is not an OCI archive: it has no {name}");
        return await BoundedRead.AllAsync(stream, ManifestDocument.LargestDocument, name, cancellation);
    }
}
