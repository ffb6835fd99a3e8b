using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>A manifest of something that is attached to an image: what it refers to and what it holds.</summary>
/// <param name="Subject">The manifest that it refers to, or null.</param>
/// <param name="Parts">What it holds.</param>
internal sealed record AttachmentManifest(Digest? Subject, ImmutableArray<AttachmentPart> Parts)
{
    private const int MostParts = 64;

    /// <summary>Reads a manifest; parts that have no digest are left out.</summary>
    /// <exception cref="InventoryException">It is no manifest.</exception>
    public static AttachmentManifest Parse(ReadOnlyMemory<byte> content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("layers", out var layers) || layers.ValueKind != JsonValueKind.Array)
            {
                throw new InventoryException(FailureReason.ManifestInvalid, "it is not a manifest");
            }

            var subject = root.TryGetProperty("subject", out var about) ? DigestOf(about) : null;
            return new AttachmentManifest(subject, [.. layers.EnumerateArray().Take(MostParts).Select(Part).OfType<AttachmentPart>()]);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A text with half a surrogate pair is JSON to the parser and none to its reader.
            throw new InventoryException(FailureReason.ManifestInvalid, "it is not JSON", e);
        }
    }

    private static AttachmentPart? Part(JsonElement layer)
    {
        if (DigestOf(layer) is not { } digest)
        {
            return null;
        }

        var size = layer.TryGetProperty("size", out var given) && given.ValueKind == JsonValueKind.Number && given.TryGetInt64(out var number) ? number : -1;
        var notes = layer.TryGetProperty("annotations", out var annotations) && annotations.ValueKind == JsonValueKind.Object ? annotations : default;
        return new AttachmentPart(
            new BlobDescriptor(digest, size, Text(layer, "mediaType") ?? ""),
            Text(notes, "in-toto.io/predicate-type") ?? Text(notes, "predicateType"),
            Text(notes, "dev.sigstore.cosign/certificate"),
            Text(notes, "dev.sigstore.cosign/chain"));
    }

    private static Digest? DigestOf(JsonElement descriptor) => Digest.TryParse(Text(descriptor, "digest"), out var digest) ? digest : null;

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
