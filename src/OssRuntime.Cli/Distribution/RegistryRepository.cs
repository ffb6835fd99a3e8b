using OssRuntime.Advisories.Distribution;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Inventory.Registry;
using OssRuntime.Model.Images;

namespace OssRuntime.Cli.Distribution;

/// <summary>A repository of a registry: read through the inventory's client, which knows mirrors, limits and resuming; written by <see cref="RegistryPush"/>.</summary>
internal sealed class RegistryRepository(ImageReference image, RegistryClient client, RegistryPush push, IRegistryCredentials credentials) : IArtifactRepository
{
    private const int Chunk = 1 << 16;

    public string Name => $"{image.Registry}/{image.Repository}";

    public async Task<byte[]> GetManifestAsync(string reference, CancellationToken cancellation)
    {
        try
        {
            var wanted = Digest.TryParse(reference, out var digest) ? image with { Tag = null, Digest = digest } : image with { Tag = reference, Digest = null };
            return (await client.GetManifestAsync(wanted, credentials, cancellation)).Content;
        }
        catch (InventoryException error)
        {
            throw new ArtifactException(error.Failure.Message, error);
        }
    }

    public async Task CopyBlobAsync(string digest, long length, Stream target, CancellationToken cancellation)
    {
        if (!Digest.TryParse(digest, out var parsed))
        {
            throw new ArtifactException("the digest in the artifact is invalid");
        }

        try
        {
            using var blob = await client.OpenBlobAsync(image, new BlobDescriptor(parsed, length, ""), credentials, cancellation);
            var buffer = new byte[Chunk];
            int read;
            for (long left = length; left > 0 && (read = await blob.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, Chunk)), cancellation)) > 0; left -= read)
            {
                await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
        }
        catch (InventoryException error)
        {
            throw new ArtifactException(error.Failure.Message, error);
        }
    }

    public Task PutBlobAsync(string digest, long length, Func<Stream> open, CancellationToken cancellation) =>
        push.PutBlobAsync(image, digest, length, open, cancellation);

    public Task PutManifestAsync(string tag, string mediaType, byte[] manifest, CancellationToken cancellation) =>
        push.PutManifestAsync(image, tag, mediaType, manifest, cancellation);
}
