using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Inventory.Sboms.Attestations;
using OssRuntime.Inventory.Sboms.Trust;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>
/// Looks for VEX documents that were attached to an image: OCI referrers, cosign's attestations, BuildKit's; bare or in in-toto statements about the image.
/// What they say is for others to read.
/// </summary>
public static class AttachedVex
{
    private const int MostDocuments = 32;
    private const int MostBytes = 32 << 20;
    private const long MostTotalBytes = 64 << 20;
    private const string StatementType = "application/vnd.in-toto+json";

    private static readonly InventorySource[] Kinds = [InventorySource.Referrer, InventorySource.CosignAttestation, InventorySource.BuildKitAttestation];

    /// <summary>The documents that may be believed, each once, and what was left out.</summary>
    /// <param name="image">Where the image lies.</param>
    /// <param name="manifest">The platform's manifest.</param>
    /// <param name="options">Whose word counts.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static async Task<AttachedDocuments> FindAsync(
        IAttachmentSource image, ImageManifest manifest, AttachedVexOptions options, CancellationToken cancellation)
    {
        var troubles = new AttachmentTroubles("vex");
        var walk = new AttachmentWalk(image, manifest, new VexAttachments(), troubles);
        var digests = walk.Digests.Select(digest => digest.Hex).ToHashSet(StringComparer.Ordinal);
        var found = ImmutableArray.CreateBuilder<VexAttachment>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var room = MostTotalBytes;
        foreach (var kind in Kinds)
        {
            await foreach (var part in walk.PartsAsync(kind, cancellation))
            {
                if (found.Count == MostDocuments || room <= 0)
                {
                    troubles.Say(kind, $"only the first {found.Count} documents were read");
                    break;
                }

                if (!seen.Add(part.Blob.Digest.Value)
                    || await troubles.TryAsync(kind, part.Blob.Digest.Value, () => ReadAsync(image, part, digests, options.Trust, cancellation)) is not { } document)
                {
                    continue;
                }

                if (document.VerifiedBy is null && !options.Unverified)
                {
                    troubles.Say(kind, $"{document.Name} is left out: nobody who is trusted signed it");
                    continue;
                }

                room -= document.Document.Length;
                found.Add(document);
            }
        }

        return new AttachedDocuments(found.DrainToImmutable(), [.. troubles.Unknowns], !troubles.IsIncomplete);
    }

    private static async Task<VexAttachment?> ReadAsync(IAttachmentSource image, AttachmentPart part, HashSet<string> digests, SbomTrust trust, CancellationToken cancellation)
    {
        using var content = new MemoryStream();
        using (var blob = new VerifiedBlob(await image.OpenBlobAsync(part.Blob, cancellation), part.Blob, MostBytes))
        {
            await blob.CopyToAsync(content, cancellation);
            blob.Finish();
        }

        var name = $"attached {part.Blob.Digest}";
        var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        var envelope = EnvelopeReader.Read(bytes);
        if (envelope is null)
        {
            return IsStatement(bytes) ? OfStatement(bytes, digests, name, null) : IsVexDocument(bytes) ? new VexAttachment(name, bytes, null) : null;
        }

        if (envelope.PayloadType != StatementType)
        {
            return null;
        }

        envelope = part.Certificate is not null && envelope.Certificates.Count == 0
            ? envelope with { Certificates = EnvelopeReader.Certificates(part.Certificate, part.Chain) }
            : envelope;
        return OfStatement(envelope.Payload, digests, name, SignatureCheck.VerifiedBy(envelope, trust, out _));
    }

    private static bool IsStatement(ReadOnlyMemory<byte> bytes)
    {
        using var json = JsonDocument.Parse(bytes);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("predicateType", out _);
    }

    private static bool IsVexDocument(ReadOnlyMemory<byte> bytes)
    {
        using var json = JsonDocument.Parse(bytes);
        var root = json.RootElement;
        return root.ValueKind == JsonValueKind.Object
            && (root.TryGetProperty("vulnerabilities", out _) || (root.TryGetProperty("@context", out var context) && context.ToString().Contains("openvex", StringComparison.Ordinal)));
    }

    /// <summary>The predicate of a statement on the image; null for a statement that is no VEX.</summary>
    /// <exception cref="InventoryException">It is about another image.</exception>
    private static VexAttachment? OfStatement(ReadOnlyMemory<byte> bytes, HashSet<string> digests, string name, string? verifiedBy)
    {
        using var json = JsonDocument.Parse(bytes);
        var root = json.RootElement;
        if (!root.TryGetProperty("predicateType", out var type) || type.ValueKind != JsonValueKind.String || !VexAttachments.IsVex(type.GetString()) || !root.TryGetProperty("predicate", out var predicate))
        {
            return null;
        }

        return Subjects(root).Any(digests.Contains)
            ? new VexAttachment(name, System.Text.Encoding.UTF8.GetBytes(predicate.GetRawText()), verifiedBy)
            : throw new InventoryException(FailureReason.SourceInvalid, "the statement is about another image");
    }

    private static IEnumerable<string> Subjects(JsonElement statement) =>
        statement.TryGetProperty("subject", out var subjects) && subjects.ValueKind == JsonValueKind.Array
            ? subjects.EnumerateArray()
                .Where(subject => subject.ValueKind == JsonValueKind.Object && subject.TryGetProperty("digest", out var digest) && digest.ValueKind == JsonValueKind.Object)
                .SelectMany(subject => subject.GetProperty("digest").EnumerateObject())
                .Where(digest => digest.Value.ValueKind == JsonValueKind.String)
                .Select(digest => digest.Value.GetString()!)
            : [];
}
