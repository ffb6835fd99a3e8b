using System.Collections.Immutable;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>
/// Goes through what others attached to an image, kind by kind, statements about the platform's manifest first and about the index second.
/// </summary>
/// <param name="image">Where the image lies.</param>
/// <param name="manifest">The platform's manifest.</param>
/// <param name="choice">What is looked at.</param>
/// <param name="troubles">Is told what goes wrong.</param>
internal sealed class AttachmentWalk(IAttachmentSource image, ImageManifest manifest, IAttachmentChoice choice, AttachmentTroubles troubles)
{
    /// <summary>Manifests of what is attached, each of which is a question to the registry: anybody who may push to a repository can attach any number of them.</summary>
    private const int MostManifests = 64;

    private int _manifests;

    /// <summary>The digests of the image: its manifest's and its index's.</summary>
    public ImmutableArray<Digest> Digests { get; } = [.. new[] { manifest.Digest, manifest.Index, image.KnownDigest }.OfType<Digest>().Distinct()];

    /// <summary>The blobs of one kind, the platform's first; what goes wrong is said, and the others go on.</summary>
    public IAsyncEnumerable<AttachmentPart> PartsAsync(InventorySource kind, CancellationToken cancellation) => kind switch
    {
        InventorySource.Referrer => ReferrersAsync(cancellation),
        InventorySource.CosignAttestation => CosignAsync(cancellation),
        InventorySource.BuildKitAttestation => BuildKitAsync(cancellation),
        _ => AsyncEnumerable.Empty<AttachmentPart>(),
    };

    /// <summary>OCI distribution spec 1.1, "Listing Referrers" and "Referrers Tag Schema".</summary>
    private async IAsyncEnumerable<AttachmentPart> ReferrersAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        const InventorySource Kind = InventorySource.Referrer;
        foreach (var subject in Digests)
        {
            var pages = await troubles.TryAsync(Kind, "referrers", () => PagesAsync(subject, cancellation));
            foreach (var entry in (pages ?? []).SelectMany(page => EntriesOf(Kind, page)).Where(MayBeWanted))
            {
                if (!MayRead(Kind))
                {
                    yield break;
                }

                var attached = await troubles.TryAsync(Kind, entry.Manifest.Digest.Value, () => ReadAsync(entry.Manifest, cancellation));
                if (attached is not null && attached.Subject != subject)
                {
                    troubles.Say(Kind, $"{entry.Manifest.Digest} does not refer to the image");
                    continue;
                }

                foreach (var part in attached?.Parts ?? [])
                {
                    yield return part;
                }
            }
        }
    }

    /// <summary>Cosign's tags: attestations, then what lies beside them without any signature inside.</summary>
    private async IAsyncEnumerable<AttachmentPart> CosignAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var ending in choice.CosignEndings)
        {
            foreach (var subject in Digests)
            {
                var tag = $"{subject.Algorithm}-{subject.Hex}.{ending}";
                var attached = await troubles.TryAsync(
                    InventorySource.CosignAttestation,
                    tag,
                    async () => await image.FindManifestAsync(tag, cancellation) is { } content ? AttachmentManifest.Parse(content) : null);
                foreach (var part in Statements(attached))
                {
                    yield return part;
                }
            }
        }
    }

    /// <summary>BuildKit, attestation storage: manifests in the index that name the platform's manifest.</summary>
    private async IAsyncEnumerable<AttachmentPart> BuildKitAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var attestation in manifest.Attestations)
        {
            if (!MayRead(InventorySource.BuildKitAttestation))
            {
                yield break;
            }

            var attached = await troubles.TryAsync(InventorySource.BuildKitAttestation, attestation.Digest.Value, () => ReadAsync(attestation, cancellation));
            foreach (var part in Statements(attached))
            {
                yield return part;
            }
        }
    }

    private bool MayRead(InventorySource kind)
    {
        if (_manifests++ < MostManifests)
        {
            return true;
        }

        troubles.Say(kind, $"only the first {MostManifests} manifests of what is attached were looked at");
        return false;
    }

    private async Task<IReadOnlyList<byte[]>?> PagesAsync(Digest subject, CancellationToken cancellation) =>
        await image.FindReferrersAsync(subject, cancellation)
        ?? (await image.FindManifestAsync($"{subject.Algorithm}-{subject.Hex[..64]}", cancellation) is { } tagged ? [tagged] : null);

    private async Task<AttachmentManifest?> ReadAsync(BlobDescriptor attached, CancellationToken cancellation) =>
        AttachmentManifest.Parse(await image.ReadManifestAsync(attached, cancellation));

    private IEnumerable<AttachmentPart> Statements(AttachmentManifest? attached) =>
        attached?.Parts.Where(part => part.PredicateType is null || choice.IsWanted(part.PredicateType)) ?? [];

    private IEnumerable<IndexEntry> EntriesOf(InventorySource kind, byte[] index)
    {
        try
        {
            return ManifestDocument.Parse(index, MediaTypes.OciIndex).Entries;
        }
        catch (InventoryException e)
        {
            troubles.Say(kind, e.Failure.Message);
            return [];
        }
    }

    /// <summary>An artifact that names its type is read only if it may be what is looked for: signatures and reports are passed over.</summary>
    private bool MayBeWanted(IndexEntry entry) =>
        entry.ArtifactType is not { Length: > 0 } type || choice.MayHold(type);
}
