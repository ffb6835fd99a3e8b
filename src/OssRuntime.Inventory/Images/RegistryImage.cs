using OssRuntime.Inventory.Blobs;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Inventory.Registry;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Images;

/// <summary>An image in a registry.</summary>
/// <param name="reference">Its name.</param>
/// <param name="client">Who asks the registry.</param>
/// <param name="credentials">What the registry may be shown.</param>
public sealed class RegistryImage(ImageReference reference, RegistryClient client, IRegistryCredentials credentials) : IAttachmentSource, IManifestSource
{
    /// <inheritdoc/>
    public string Name => reference.ToString();

    /// <inheritdoc/>
    public Digest? KnownDigest => reference.Digest;

    /// <inheritdoc/>
    public async Task<ImageManifest> ResolveAsync(Platform platform, CancellationToken cancellation)
    {
        var manifest = await client.GetManifestAsync(reference, credentials, cancellation);
        return await new ManifestResolver(this).ResolveAsync(manifest.Content, manifest.Descriptor, platform, cancellation);
    }

    /// <inheritdoc/>
    public Task<Stream> OpenBlobAsync(BlobDescriptor blob, CancellationToken cancellation) =>
        client.OpenBlobAsync(reference, blob, credentials, cancellation);

    /// <summary>Reads a blob whole and holds it against its descriptor.</summary>
    /// <returns>How many bytes it has.</returns>
    /// <exception cref="InventoryException">It can't be had, or is not what the descriptor names.</exception>
    public async Task<long> VerifyAsync(BlobDescriptor blob, CancellationToken cancellation)
    {
        using var reader = new BlobReader(await OpenBlobAsync(blob, cancellation), blob.Digest, blob.Size, null);
        reader.Verify();
        return reader.BytesRead;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<byte[]>?> FindReferrersAsync(Digest subject, CancellationToken cancellation) =>
        client.GetReferrersAsync(reference, subject, credentials, cancellation);

    /// <inheritdoc/>
    public async Task<byte[]?> FindManifestAsync(string tag, CancellationToken cancellation)
    {
        try
        {
            return (await client.GetManifestAsync(reference with { Tag = tag, Digest = null }, credentials, cancellation)).Content;
        }
        catch (InventoryException e) when (e.Failure.Reason == FailureReason.ManifestUnknown)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<byte[]> ReadManifestAsync(BlobDescriptor manifest, CancellationToken cancellation) =>
        (await client.GetManifestAsync(reference.At(manifest.Digest), credentials, cancellation)).Content;
}
