using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Images;

/// <summary>An OCI layout in a tar: <c>oci-archive:FILE</c>.</summary>
public sealed class OciArchive : IImageSource, IDisposable
{
    private readonly TarArchive _archive;
    private readonly LayoutImage _image;

    private OciArchive(string path, TarArchive archive)
    {
        _archive = archive;
        _image = new LayoutImage(null, ReadFileAsync, OpenBlobAsync);
        Name = path;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Digest? KnownDigest => null;

    /// <summary>Opens an archive.</summary>
    /// <exception cref="InventoryException">It is not there, or no tar.</exception>
    public static OciArchive Open(string path) => new(path, TarArchive.Open(path));

    /// <inheritdoc/>
    public Task<ImageManifest> ResolveAsync(Platform platform, CancellationToken cancellation) => _image.ResolveAsync(platform, cancellation);

    /// <inheritdoc/>
    public Task<Stream> OpenBlobAsync(BlobDescriptor blob, CancellationToken cancellation) =>
        Task.FromResult(
            _archive.TryOpen($"blobs/{blob.Digest.Algorithm}/{blob.Digest.Hex}")
            ?? throw new InventoryException(FailureReason.BlobUnknown, $"the archive has no blob {blob.Digest}"));

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    private async Task<byte[]> ReadFileAsync(string name, CancellationToken cancellation)
    {
        await using var file = _archive.TryOpen(name)
            ?? throw new InventoryException(FailureReason.SourceInvalid, $"'{Name}' is no OCI archive: it has no {name}");
        return await BoundedRead.AllAsync(file, ManifestDocument.LargestDocument, name, cancellation);
    }
}
