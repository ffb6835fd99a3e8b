using OssRuntime.Advisories.Distribution;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Inventory.Registry;
using OssRuntime.Model.Images;

namespace OssRuntime.Operator.Knowledge;

/// <summary>A repository that the database is pulled from, through the same client as images, with its limits and resuming.</summary>
internal sealed class RegistrySource(ImageReference image, RegistryClient client, IRegistryCredentials credentials) : IArtifactSource
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
            for (var left = length; left > 0 && (read = await blob.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, Chunk)), cancellation)) > 0; left -= read)
            {
                await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
        }
        catch (InventoryException error)
        {
            throw new ArtifactException(error.Failure.Message, error);
        }
    }
}
