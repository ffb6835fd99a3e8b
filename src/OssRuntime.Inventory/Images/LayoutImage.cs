using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Images;

/// <summary>Finds an image in an OCI layout, be it a directory or an archive.</summary>
/// <param name="tag">The image's name in the layout; null where it has only one.</param>
/// <param name="files">The layout.</param>
internal sealed class LayoutImage(string? tag, ILayoutFiles files) : IManifestSource
{
    /// <summary>The image for a platform.</summary>
    /// <exception cref="InventoryException">There is none, or several without a tag to choose by.</exception>
    public async Task<ImageManifest> ResolveAsync(Platform platform, CancellationToken cancellation)
    {
        var index = ManifestDocument.Parse(await files.ReadFileAsync("index.json", cancellation), MediaTypes.OciIndex);
        if (!index.IsIndex)
        {
            throw new InventoryException(FailureReason.SourceInvalid, "index.json of the layout is not an index");
        }

        var entry = Choose(index, platform);
        var content = await ReadManifestAsync(entry.Manifest, cancellation);
        return await new ManifestResolver(this).ResolveAsync(content, entry.Manifest, platform, cancellation);
    }

    /// <summary>The manifest that the layout names so; null where it names none.</summary>
    public async Task<byte[]?> FindManifestAsync(string name, CancellationToken cancellation)
    {
        var index = ManifestDocument.Parse(await files.ReadFileAsync("index.json", cancellation), MediaTypes.OciIndex);
        var entry = index.Entries.FirstOrDefault(e => e.Name == name || e.Name?.EndsWith(":" + name, StringComparison.Ordinal) == true);
        return entry is null ? null : await ReadManifestAsync(entry.Manifest, cancellation);
    }

    /// <summary>A manifest, held against its digest.</summary>
    public async Task<byte[]> ReadManifestAsync(BlobDescriptor manifest, CancellationToken cancellation)
    {
        using var stream = await OpenBlobAsync(manifest, cancellation);
        var content = await BoundedRead.AllAsync(stream, ManifestDocument.LargestDocument, $"manifest {manifest.Digest}", cancellation);
        ManifestResolver.Verify(content, manifest);
        return content;
    }

    /// <inheritdoc/>
    public Task<Stream> OpenBlobAsync(BlobDescriptor blob, CancellationToken cancellation) => files.OpenBlobAsync(blob, cancellation);

    private IndexEntry Choose(ManifestDocument index, Platform platform)
    {
        // Some tools write the full reference where the tag belongs.
        var named = tag is null
            ? index.Entries.Where(e => !e.IsAttestation).ToList()
            : index.Entries.Where(e => e.Name == tag || e.Name?.EndsWith(":" + tag, StringComparison.Ordinal) == true).ToList();
        var fitting = named.Count > 1 ? named.Where(e => e.Platform is not null && platform.Accepts(e.Platform)).ToList() : named;
        return (named, fitting) switch
        {
            (_, [var only]) => only,
            ([], _) when tag is not null => throw NotFound($"the layout has no image '{tag}', only {Names(index)}"),
            ([], _) => throw NotFound("the layout has no image"),
            (_, []) when named.TrueForAll(e => e.Platform is not null) =>
                throw new InventoryException(FailureReason.PlatformNotFound, $"the layout has no image for {platform}"),
            _ => throw NotFound($"the layout has several images; name one of {Names(index)}"),
        };
    }

    private static string Names(ManifestDocument index) =>
        string.Join(", ", index.Entries.Select(e => e.Name is null ? "one without a name" : $"'{e.Name}'").Take(20));

    private static InventoryException NotFound(string message) => new(FailureReason.SourceNotFound, message);
}
