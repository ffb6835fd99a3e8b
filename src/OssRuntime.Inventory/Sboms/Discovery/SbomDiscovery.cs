using System.Collections.Immutable;
using OssRuntime.Inventory.Images;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>
/// Looks for SBOMs beside an image, kind by kind in the order of the options, each through the statements about the platform's manifest first and about
/// the index second. The first that may be used ends the search; one that may not is kept to be reported. What goes wrong is said and never costs the
/// image its inventory.
/// </summary>
internal sealed class SbomDiscovery
{
    private readonly IAttachmentSource _image;
    private readonly ImageManifest _manifest;
    private readonly SbomDiscoveryOptions _options;
    private readonly ImmutableArray<Digest> _digests;
    private readonly AttachmentReader _reader;
    private readonly List<Unknown> _unknowns = [];
    private FoundSbom? _found;
    private bool _isGivenUp;

    public SbomDiscovery(IAttachmentSource image, ImageManifest manifest, SbomDiscoveryOptions options)
    {
        _image = image;
        _manifest = manifest;
        _options = options;
        _digests = [.. new[] { manifest.Digest, manifest.Index, image.KnownDigest }.OfType<Digest>().Distinct()];
        _reader = new AttachmentReader(image, _digests, options);
    }

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<Unknown> Unknowns => _unknowns;

    /// <summary>The SBOM, usable or not; null where there is none.</summary>
    public async Task<FoundSbom?> FindAsync(CancellationToken cancellation)
    {
        foreach (var kind in _options.Kinds)
        {
            await FindAsync(kind, cancellation);
            if (_found is not null && _options.IsUsable(_found.Source, _found.VerifiedBy is not null))
            {
                break;
            }
        }

        return _found;
    }

    private async Task FindAsync(InventorySource kind, CancellationToken cancellation)
    {
        var read = 0;
        await foreach (var part in PartsAsync(kind, cancellation))
        {
            if (read++ == _options.DocumentsPerKind)
            {
                Say(kind, $"only the first {_options.DocumentsPerKind} documents were read");
                return;
            }

            await TryAsync(kind, part.Blob.Digest.Value, async () => Take(await _reader.ReadAsync(kind, part, cancellation)));
            if (_found is { VerifiedBy: not null } && _found.Source == kind)
            {
                return;
            }
        }
    }

    private IAsyncEnumerable<AttachmentPart> PartsAsync(InventorySource kind, CancellationToken cancellation) => kind switch
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
        foreach (var subject in _digests)
        {
            var pages = await TryAsync(Kind, "referrers", () => PagesAsync(subject, cancellation));
            foreach (var entry in (pages ?? []).SelectMany(page => EntriesOf(Kind, page)).Where(MayHoldSbom))
            {
                var manifest = await TryAsync(Kind, entry.Manifest.Digest.Value, () => ReadAsync(entry.Manifest, cancellation));
                if (manifest is not null && manifest.Subject != subject)
                {
                    Say(Kind, $"{entry.Manifest.Digest} does not refer to the image");
                    continue;
                }

                foreach (var part in manifest?.Parts ?? [])
                {
                    yield return part;
                }
            }
        }
    }

    /// <summary>Cosign's tags: attestations, then SBOMs without any signature inside.</summary>
    private async IAsyncEnumerable<AttachmentPart> CosignAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var ending in (string[])["att", "sbom"])
        {
            foreach (var subject in _digests)
            {
                var tag = $"{subject.Algorithm}-{subject.Hex}.{ending}";
                var manifest = await TryAsync(
                    InventorySource.CosignAttestation,
                    tag,
                    async () => await _image.FindManifestAsync(tag, cancellation) is { } content ? AttachmentManifest.Parse(content) : null);
                foreach (var part in Statements(manifest))
                {
                    yield return part;
                }
            }
        }
    }

    /// <summary>BuildKit, attestation storage: manifests in the index that name the platform's manifest.</summary>
    private async IAsyncEnumerable<AttachmentPart> BuildKitAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var attestation in _manifest.Attestations)
        {
            var manifest = await TryAsync(InventorySource.BuildKitAttestation, attestation.Digest.Value, () => ReadAsync(attestation, cancellation));
            foreach (var part in Statements(manifest))
            {
                yield return part;
            }
        }
    }

    private async Task<IReadOnlyList<byte[]>?> PagesAsync(Digest subject, CancellationToken cancellation) =>
        await _image.FindReferrersAsync(subject, cancellation)
        ?? (await _image.FindManifestAsync($"{subject.Algorithm}-{subject.Hex[..64]}", cancellation) is { } tagged ? [tagged] : null);

    private async Task<AttachmentManifest?> ReadAsync(BlobDescriptor manifest, CancellationToken cancellation) =>
        AttachmentManifest.Parse(await _image.ReadManifestAsync(manifest, cancellation));

    private static IEnumerable<AttachmentPart> Statements(AttachmentManifest? manifest) =>
        manifest?.Parts.Where(part => part.PredicateType is null || Attestations.SbomStatement.IsSbomType(part.PredicateType)) ?? [];

    private IEnumerable<IndexEntry> EntriesOf(InventorySource kind, byte[] index)
    {
        try
        {
            return ManifestDocument.Parse(index, MediaTypes.OciIndex).Entries;
        }
        catch (InventoryException e)
        {
            Say(kind, e.Failure.Message);
            return [];
        }
    }

    /// <summary>An artifact that names its type is read only if it may be an SBOM: signatures and reports are passed over.</summary>
    private static bool MayHoldSbom(IndexEntry entry) =>
        entry.ArtifactType is not { Length: > 0 } type
        || ((string[])["cyclonedx", "spdx", "syft", "sbom", "sigstore.bundle", "in-toto", "dsse", MediaTypes.OciConfig])
            .Any(word => type.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>The first document of a kind counts, but for one that is verified; and the first kind of all that may not be used.</summary>
    private void Take(FoundSbom? found)
    {
        if (found is null)
        {
            return;
        }

        if (found.Distrust is { } reason)
        {
            Say(found.Source, $"{found.Name}: {reason}");
        }

        var isBetter = _found is null || (_found.VerifiedBy is null && found.VerifiedBy is not null)
            || (_options.IsUsable(found.Source, found.VerifiedBy is not null) && !_options.IsUsable(_found.Source, _found.VerifiedBy is not null));
        _found = isBetter ? found : _found;
    }

    private Task TryAsync(InventorySource kind, string what, Func<Task> work) => TryAsync<object>(kind, what, async () =>
    {
        await work();
        return null;
    });

    private async Task<T?> TryAsync<T>(InventorySource kind, string what, Func<Task<T?>> work)
        where T : class
    {
        if (_isGivenUp)
        {
            return null;
        }

        try
        {
            return await work();
        }
        catch (InventoryException e)
        {
            // Each further question would wait as long, or trouble a registry that asks for patience.
            _isGivenUp = e.Failure.Reason is FailureReason.RateLimited or FailureReason.RegistryUnreachable or FailureReason.RegistryStalled;
            Say(kind, $"{what}: {e.Failure.Message}");
        }
        catch (Reading.SbomBrokenException e)
        {
            Say(kind, $"{what}: {e.Message}");
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // Whatever it is: what is attached to an image must not cost its inventory.
            Say(kind, $"{what}: it could not be read: {e.Message}");
        }

        return null;
    }

    private void Say(InventorySource kind, string reason) => _unknowns.Add(new Unknown("", $"sbom/{kind}", Reading.DraftText.Printable(reason, 300)));
}
