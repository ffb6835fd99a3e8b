using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Inventory.Failures;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Manifests;

/// <summary>
/// A manifest or an index as its JSON says, checked as far as it is used: OCI image manifest and image index, and Docker's manifest and
/// manifest list of schema 2.
/// </summary>
internal sealed class ManifestDocument
{
    /// <summary>What the distribution spec asks every registry to accept, and what is read at most.</summary>
    public const int LargestDocument = 4 << 20;

    private const int MostEntries = 4096;
    private const int LongestName = 1024;

    private ManifestDocument()
    {
    }

    public bool IsIndex { get; private init; }

    /// <summary>The manifests of an index.</summary>
    public ImmutableArray<IndexEntry> Entries { get; private init; } = [];

    /// <summary>The configuration of a manifest.</summary>
    public BlobDescriptor? Config { get; private init; }

    /// <summary>The layers of a manifest, the lowest first.</summary>
    public ImmutableArray<BlobDescriptor> Layers { get; private init; } = [];

    /// <summary>What an artifact says it is, or null.</summary>
    public string? ArtifactType { get; private init; }

    /// <summary>The name of the base image, or null.</summary>
    public string? BaseName { get; private init; }

    /// <summary>The digest of the base image, or null.</summary>
    public string? BaseDigest { get; private init; }

    /// <summary>Reads a document.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="mediaType">What it was announced as, or null; its own <c>mediaType</c> wins.</param>
    /// <exception cref="InventoryException">It is invalid, or one that cannot be an image.</exception>
    public static ManifestDocument Parse(ReadOnlyMemory<byte> content, string? mediaType)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            return Read(json.RootElement, mediaType);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A text with half a surrogate pair is JSON to the parser and none to its reader.
            throw new InventoryException(FailureReason.ManifestInvalid, "the manifest is not JSON", e);
        }
    }

    private static ManifestDocument Read(JsonElement root, string? announced)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Invalid("the manifest is not a JSON object");
        }

        var type = Text(root, "mediaType") ?? announced;
        if (MediaTypes.IsSchema1(type) || (root.TryGetProperty("schemaVersion", out var version) && version.ValueKind == JsonValueKind.Number
            && version.TryGetInt32(out var number) && number == 1))
        {
            throw new InventoryException(FailureReason.UnsupportedImage, "the image has a manifest of Docker's schema 1, which registries gave up");
        }

        var hasManifests = root.TryGetProperty("manifests", out var manifests) && manifests.ValueKind == JsonValueKind.Array;
        var hasLayers = root.TryGetProperty("layers", out var layers) && layers.ValueKind == JsonValueKind.Array;
        if (hasManifests && hasLayers)
        {
            // A document that is both would be read as one thing here and as another elsewhere (CVE-2021-41190).
            throw Invalid("the document is a manifest and an index at the same time");
        }

        if (hasManifests && !MediaTypes.IsManifest(type))
        {
            return new ManifestDocument { IsIndex = true, Entries = [.. Elements(manifests).Select(Entry)] };
        }

        if (!hasLayers || MediaTypes.IsIndex(type))
        {
            throw Invalid("the document is neither a manifest nor an index");
        }

        var notes = Object(root, "annotations");
        return new ManifestDocument
        {
            BaseName = notes is { } named && Text(named, "org.opencontainers.image.base.name") is { Length: > 0 and <= LongestName } name ? name : null,
            BaseDigest = notes is { } told && Digest.TryParse(Text(told, "org.opencontainers.image.base.digest"), out var digest) ? digest.Value : null,
            Config = root.TryGetProperty("config", out var config) ? Descriptor(config) : throw Invalid("the manifest names no configuration"),
            Layers = [.. Elements(layers).Select(Descriptor)],
            ArtifactType = Text(root, "artifactType"),
        };
    }

    private static JsonElement.ArrayEnumerator Elements(JsonElement array) =>
        array.GetArrayLength() <= MostEntries ? array.EnumerateArray() : throw Invalid($"the document lists more than {MostEntries} things");

    private static IndexEntry Entry(JsonElement entry)
    {
        var platform = Object(entry, "platform") is { } given && Text(given, "os") is { } os && Text(given, "architecture") is { } architecture
            ? new Platform(os, architecture, Text(given, "variant"))
            : null;
        var annotations = Object(entry, "annotations");
        var isAttestation = annotations is { } notes && Text(notes, "vnd.docker.reference.type") is not null;
        var name = annotations is { } all ? Text(all, "org.opencontainers.image.ref.name") : null;
        var about = annotations is { } told && Digest.TryParse(Text(told, "vnd.docker.reference.digest"), out var digest) ? digest : default(Digest?);
        return new IndexEntry(Descriptor(entry), platform, isAttestation, name) { AttestationOf = about, ArtifactType = Text(entry, "artifactType") };
    }

    private static BlobDescriptor Descriptor(JsonElement descriptor)
    {
        if (descriptor.ValueKind != JsonValueKind.Object || !Digest.TryParse(Text(descriptor, "digest"), out var digest))
        {
            throw Invalid("a descriptor has no digest that is one");
        }

        if (!descriptor.TryGetProperty("size", out var given) || given.ValueKind != JsonValueKind.Number
            || !given.TryGetInt64(out var size) || size < 0)
        {
            throw Invalid($"the descriptor of {digest} has no size");
        }

        return new BlobDescriptor(digest, size, Text(descriptor, "mediaType") ?? "");
    }

    private static JsonElement? Object(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static InventoryException Invalid(string message) => new(FailureReason.ManifestInvalid, message);
}
