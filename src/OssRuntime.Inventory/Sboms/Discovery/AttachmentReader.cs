using System.Collections.Immutable;
using System.Text.Json;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Sboms.Attestations;
using OssRuntime.Inventory.Sboms.Reading;
using OssRuntime.Inventory.Sboms.Trust;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>
/// Reads one attached blob, whatever it is wrapped in:
/// <code>
///  sigstore bundle ─► DSSE envelope ─► in-toto statement ─► SBOM
///                     signature        subject
/// </code>
/// A statement counts only if one of its subjects is the image. What is no SBOM is null; what is one and can't be used is a reason.
/// </summary>
/// <param name="image">Where the blobs are.</param>
/// <param name="digests">The digests of the image: its manifest's and its index's.</param>
/// <param name="options">Whose signatures count, and the limits.</param>
internal sealed class AttachmentReader(IAttachmentSource image, ImmutableArray<Digest> digests, SbomDiscoveryOptions options)
{
    private const string StatementType = "application/vnd.in-toto+json";

    /// <summary>What all documents together may still have: each would be parsed, and there may be many.</summary>
    private long _left = options.Limits.DocumentBytes;

    /// <summary>Reads a blob.</summary>
    /// <exception cref="InventoryException">It can't be had, or is not to be believed.</exception>
    public async Task<FoundSbom?> ReadAsync(InventorySource kind, AttachmentPart part, CancellationToken cancellation)
    {
        var stream = await image.OpenBlobAsync(part.Blob, cancellation);

        // Blobs come at their own pace and reading them blocks.
        return await Task.Factory.StartNew(() => Read(kind, part, stream, cancellation), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private FoundSbom? Read(InventorySource kind, AttachmentPart part, Stream stream, CancellationToken cancellation)
    {
        var name = $"{kind} {part.Blob.Digest}";
        using var blob = new VerifiedBlob(stream, part.Blob, _left);
        try
        {
            return Read(kind, part, name, blob, cancellation);
        }
        finally
        {
            _left = Math.Max(0, _left - blob.BytesRead);
        }
    }

    private FoundSbom? Read(InventorySource kind, AttachmentPart part, string name, VerifiedBlob blob, CancellationToken cancellation)
    {
        var content = new BoundedStream(blob, options.Limits.DocumentBytes);
        if (Has(content, "\"payloadType\"") || Has(content, "\"dsseEnvelope\"") || IsEnvelope(part.Blob.MediaType))
        {
            return ReadEnvelope(kind, name, part, content, blob, cancellation);
        }

        if (Has(content, "\"predicateType\"") || part.Blob.MediaType == StatementType)
        {
            var statement = StatementReader.Read(content, name, options.Limits, cancellation);
            blob.Finish();
            return Accept(kind, name, statement, verifiedBy: null);
        }

        var document = SbomReader.Read(content, name, options.Limits, cancellation);
        if (document.Format is null)
        {
            return null;
        }

        blob.Finish();
        return new FoundSbom(kind, name, document, VerifiedBy: null);
    }

    private FoundSbom? ReadEnvelope(
        InventorySource kind, string name, AttachmentPart part, BoundedStream content, VerifiedBlob blob, CancellationToken cancellation)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 << 10];
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            bytes.Write(buffer, 0, read);
            if (bytes.Length > options.EnvelopeBytes)
            {
                throw new InventoryException(FailureReason.LimitExceeded, $"the envelope has more than {options.EnvelopeBytes} bytes");
            }
        }

        blob.Finish();
        SignedEnvelope? envelope;
        try
        {
            envelope = EnvelopeReader.Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A text with half a surrogate pair is JSON to the parser and none to its reader.
            throw new InventoryException(FailureReason.SourceInvalid, "the envelope is not JSON", e);
        }

        if (envelope is null || envelope.PayloadType != StatementType)
        {
            return null;
        }

        if (part.Certificate is not null && envelope.Certificates.Count == 0)
        {
            envelope = envelope with { Certificates = EnvelopeReader.Certificates(part.Certificate, part.Chain) };
        }

        using var payload = new MemoryStream(envelope.Payload, writable: false);
        var statement = StatementReader.Read(payload, name, options.Limits, cancellation);
        if (!statement.IsSbom)
        {
            return null;
        }

        var signer = SignatureCheck.VerifiedBy(envelope, options.Trust, out var reason);
        return Accept(kind, name, statement, signer) is { } found ? found with { Distrust = options.Trust.IsNobody ? null : reason } : null;
    }

    private FoundSbom? Accept(InventorySource kind, string name, SbomStatement statement, string? verifiedBy)
    {
        if (!statement.IsSbom)
        {
            return null;
        }

        if (!digests.Any(digest => statement.Subjects.Contains(digest.Value, StringComparer.Ordinal)))
        {
            throw new InventoryException(FailureReason.SourceInvalid, "the statement is about another image");
        }

        return statement.Document.Format is null
            ? throw new InventoryException(FailureReason.SourceInvalid, "the statement's predicate is not an SBOM of a known format")
            : new FoundSbom(kind, name, statement.Document, verifiedBy);
    }

    private static bool IsEnvelope(string mediaType) =>
        mediaType.Contains("dsse", StringComparison.Ordinal) || mediaType.StartsWith("application/vnd.dev.sigstore.bundle", StringComparison.Ordinal);

    private static bool Has(BoundedStream content, string field) => content.Head.IndexOf(System.Text.Encoding.ASCII.GetBytes(field)) >= 0;
}
