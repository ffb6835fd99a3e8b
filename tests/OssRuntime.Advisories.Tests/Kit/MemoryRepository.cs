using System.Security.Cryptography;
using OssRuntime.Advisories.Distribution;

namespace OssRuntime.Advisories.Tests.Kit;

/// <summary>A repository in memory, which a test may alter.</summary>
internal sealed class MemoryRepository(string name = "registry.example/advisories") : IArtifactRepository
{
    public string Name => name;

    public Dictionary<string, byte[]> Blobs { get; } = [];

    public Dictionary<string, byte[]> Manifests { get; } = [];

    public int Copied { get; private set; }

    public Task<byte[]> GetManifestAsync(string reference, CancellationToken cancellation) =>
        Manifests.TryGetValue(reference, out var manifest) ? Task.FromResult(manifest) : throw new ArtifactException($"there is no {reference}");

    public async Task CopyBlobAsync(string digest, long length, Stream target, CancellationToken cancellation)
    {
        Copied++;
        var blob = Blobs.TryGetValue(digest, out var found) ? found : throw new ArtifactException($"there is no blob {digest}");
        await target.WriteAsync(blob.AsMemory(0, (int)Math.Min(length, blob.Length)), cancellation);
    }

    public async Task PutBlobAsync(string digest, long length, Func<Stream> open, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        using var source = open();
        await source.CopyToAsync(content, cancellation);
        Assert.Equal((length, digest), (content.Length, $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content.ToArray()))}"));
        Blobs[digest] = content.ToArray();
    }

    public Task PutManifestAsync(string tag, string mediaType, byte[] manifest, CancellationToken cancellation)
    {
        Manifests[tag] = manifest;
        return Task.CompletedTask;
    }
}
