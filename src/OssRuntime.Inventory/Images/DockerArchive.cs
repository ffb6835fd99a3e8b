using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Images;

/// <summary>
/// What <c>docker save</c> writes: <c>docker-archive:FILE</c>. There is no manifest in it: the digest of the configuration, Docker's image id, stands
/// for the image. Layers lie there uncompressed and are named by the configuration's <c>diff_ids</c> (OCI image spec, config.md).
/// </summary>
public sealed class DockerArchive : IImageSource, IDisposable
{
    private const int LargestConfig = 16 << 20;
    private const int MostLayers = 1024;

    private readonly TarArchive _archive;
    private readonly Dictionary<Digest, string> _layers = [];

    private DockerArchive(string path, TarArchive archive)
    {
        _archive = archive;
        Name = path;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public Digest? KnownDigest => null;

    /// <summary>Opens an archive.</summary>
    /// <exception cref="InventoryException">It is not there, or no tar.</exception>
    public static DockerArchive Open(string path) => new(path, TarArchive.Open(path));

    /// <inheritdoc/>
    public async Task<ImageManifest> ResolveAsync(Platform platform, CancellationToken cancellation)
    {
        try
        {
            using var list = JsonDocument.Parse(await ReadAsync("manifest.json", ManifestDocument.LargestDocument, cancellation));
            if (list.RootElement.ValueKind != JsonValueKind.Array || list.RootElement.GetArrayLength() != 1)
            {
                throw new InventoryException(FailureReason.SourceInvalid, "the archive holds not one image but none or several");
            }

            var entry = list.RootElement[0];
            var config = await ReadAsync(Text(entry.GetProperty("Config")), LargestConfig, cancellation);
            var names = entry.GetProperty("Layers").EnumerateArray().Select(Text).ToList();
            var offered = ImageConfig.PlatformOf(config);
            return offered is { Os: not "linux" }
                ? throw new InventoryException(FailureReason.UnsupportedImage, $"the image is for {offered}")
                : new ImageManifest(Digest.OfSha256(SHA256.HashData(config)), offered, await LayersAsync(names, DiffIds(config), cancellation));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InventoryException(FailureReason.SourceInvalid, "manifest.json or the configuration of the archive is not what docker save writes", e);
        }
    }

    /// <inheritdoc/>
    public Task<Stream> OpenBlobAsync(BlobDescriptor blob, CancellationToken cancellation) =>
        Task.FromResult(
            (_layers.TryGetValue(blob.Digest, out var name) ? _archive.TryOpen(name) : null)
            ?? throw new InventoryException(FailureReason.BlobUnknown, $"the archive has no layer {blob.Digest}"));

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    private async Task<ImmutableArray<BlobDescriptor>> LayersAsync(List<string> names, List<Digest> diffIds, CancellationToken cancellation)
    {
        if (names.Count != diffIds.Count || names.Count > MostLayers)
        {
            throw new InventoryException(FailureReason.SourceInvalid, $"the archive names {names.Count} layers and its configuration {diffIds.Count}");
        }

        var layers = ImmutableArray.CreateBuilder<BlobDescriptor>(names.Count);
        foreach (var (name, diffId) in names.Zip(diffIds))
        {
            await using var content = _archive.TryOpen(name)
                ?? throw new InventoryException(FailureReason.BlobUnknown, $"the archive has no layer '{name}'");

            // Some tools compress layers in there; then the diff id is not the digest of the bytes.
            var digest = IsGzip(content) ? await HashAsync(name, cancellation) : diffId;
            _layers[digest] = name;
            layers.Add(new BlobDescriptor(digest, _archive.SizeOf(name), MediaTypes.DockerLayer));
        }

        return layers.DrainToImmutable();
    }

    private async Task<Digest> HashAsync(string name, CancellationToken cancellation)
    {
        await using var content = _archive.TryOpen(name)!;
        return Digest.OfSha256(await SHA256.HashDataAsync(content, cancellation));
    }

    private static bool IsGzip(Stream content)
    {
        Span<byte> head = stackalloc byte[2];
        return content.ReadAtLeast(head, 2, throwOnEndOfStream: false) == 2 && head[0] == 0x1F && head[1] == 0x8B;
    }

    private static List<Digest> DiffIds(ReadOnlyMemory<byte> config)
    {
        using var json = JsonDocument.Parse(config);
        return
        [
            .. json.RootElement.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray()
                .Select(id => Digest.TryParse(Text(id), out var digest) ? digest : throw new JsonException("a diff id is no digest")),
        ];
    }

    private async Task<byte[]> ReadAsync(string name, int most, CancellationToken cancellation)
    {
        await using var file = _archive.TryOpen(name)
            ?? throw new InventoryException(FailureReason.SourceInvalid, $"'{Name}' is no docker archive: it has no {name}");
        return await BoundedRead.AllAsync(file, most, name, cancellation);
    }

    private static string Text(JsonElement element) => element.GetString() ?? throw new JsonException("a name is missing");
}
