using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Images;

/// <summary>
/// What <c>docker save</c> writes: <c>docker-archive:FILE[:TAG]</c>. It has no manifest of a registry, so the image goes by the digest of its
/// configuration, and a layer by the digest of its unpacked content, whether the archive has it compressed or not.
/// </summary>
public sealed class DockerArchive : IImageSource
{
    private const int LargestConfig = 16 << 20;
    private const int MostLayers = 4096;

    private readonly ArchiveDirectory _archive;
    private readonly string? _tag;
    private readonly Dictionary<Digest, string> _layers = [];

    private DockerArchive(string file, string? tag)
    {
        _archive = ArchiveDirectory.Read(file);
        _tag = tag;
        Name = tag is null ? file : $"{file}:{tag}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Digest? KnownDigest => null;

    /// <summary>Opens an archive and reads its table of contents.</summary>
    /// <param name="file">The archive.</param>
    /// <param name="tag">A tag or full name of the image in it; null where it has only one.</param>
    /// <exception cref="InventoryException">There is no such file, or it is no tar archive.</exception>
    public static DockerArchive Open(string file, string? tag = null) => new(file, tag);

    /// <inheritdoc/>
    public async Task<ImageManifest> ResolveAsync(Platform platform, CancellationToken cancellation)
    {
        try
        {
            using var manifests = JsonDocument.Parse(await ReadAsync("manifest.json", ManifestDocument.LargestDocument, cancellation));
            var manifest = Choose(manifests.RootElement);
            var config = await ReadAsync(Required(manifest, "Config"), LargestConfig, cancellation);
            using var json = JsonDocument.Parse(config);
            var (built, history) = ImageConfig.Of(json.RootElement);
            return built is { Os: not "linux" }
                ? throw new InventoryException(FailureReason.UnsupportedImage, $"the image is for {built}")
                : new ImageManifest(Digest.OfSha256(SHA256.HashData(config)), built, Layers(manifest, json.RootElement)) { History = history };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InventoryException(FailureReason.SourceInvalid, $"'{Name}' is not a Docker archive: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public Task<Stream> OpenBlobAsync(BlobDescriptor blob, CancellationToken cancellation)
    {
        if (!_layers.TryGetValue(blob.Digest, out var path) || _archive.Open(path) is not { } stream)
        {
            throw new InventoryException(FailureReason.BlobUnknown, $"the archive has no layer {blob.Digest}");
        }

        using var probe = _archive.Open(path)!;
        return Task.FromResult<Stream>(probe.ReadByte() == 0x1F && probe.ReadByte() == 0x8B ? new GZipStream(stream, CompressionMode.Decompress) : stream);
    }

    private static string Required(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new InventoryException(FailureReason.SourceInvalid, $"manifest.json of the archive has no {name}");

    private JsonElement Choose(JsonElement manifests)
    {
        var images = manifests.EnumerateArray().ToList();
        var named = _tag is null ? images : images.FindAll(image => image.TryGetProperty("RepoTags", out var tags)
            && tags.ValueKind == JsonValueKind.Array
            && tags.EnumerateArray().Any(t => t.GetString() is { } name && (name == _tag || name.EndsWith($":{_tag}", StringComparison.Ordinal))));
        return named switch
        {
            [var only] => only,
            [] => throw new InventoryException(FailureReason.SourceNotFound, _tag is null ? "the archive has no image" : $"the archive has no image '{_tag}'"),
            _ => throw new InventoryException(FailureReason.SourceNotFound, "the archive has several images; name one by its tag"),
        };
    }

    private ImmutableArray<BlobDescriptor> Layers(JsonElement manifest, JsonElement config)
    {
        var paths = manifest.GetProperty("Layers").EnumerateArray().Take(MostLayers + 1).Select(l => l.GetString() ?? "").ToList();
        var digests = config.TryGetProperty("rootfs", out var root) && root.TryGetProperty("diff_ids", out var ids)
            ? ids.EnumerateArray().Take(MostLayers + 1).Select(id => id.GetString()).ToList()
            : [];
        if (paths.Count != digests.Count || paths.Count > MostLayers)
        {
            throw new InventoryException(FailureReason.SourceInvalid, "the archive's layers are not those of its configuration");
        }

        var layers = ImmutableArray.CreateBuilder<BlobDescriptor>(paths.Count);
        for (var i = 0; i < paths.Count; i++)
        {
            if (!Digest.TryParse(digests[i], out var digest))
            {
                throw new InventoryException(FailureReason.SourceInvalid, "the configuration names a layer by something that is not a digest");
            }

            _layers[digest] = paths[i];
            layers.Add(new BlobDescriptor(digest, -1, MediaTypes.DockerLayer));
        }

        return layers.MoveToImmutable();
    }

    private async Task<byte[]> ReadAsync(string path, int most, CancellationToken cancellation)
    {
        using var stream = _archive.Open(path)
            ?? throw new InventoryException(FailureReason.SourceInvalid, $"'{Name}' is not a Docker archive: it has no {path}");
        return await BoundedRead.AllAsync(stream, most, path, cancellation);
    }
}
