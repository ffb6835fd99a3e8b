using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Inventory.Sboms.Discovery;

/// <summary>
/// Looks for SBOMs beside an image, kind by kind in the order of the options, each through the statements about the platform's manifest first and about
/// the index second. The first that may be used ends the search; one that may not is kept to be reported. What goes wrong is said and never costs the
/// image its inventory.
/// </summary>
internal sealed class SbomDiscovery
{
    private readonly SbomDiscoveryOptions _options;
    private readonly AttachmentTroubles _troubles = new("sbom");
    private readonly AttachmentWalk _walk;
    private readonly AttachmentReader _reader;
    private FoundSbom? _found;

    public SbomDiscovery(IAttachmentSource image, ImageManifest manifest, SbomDiscoveryOptions options)
    {
        _options = options;
        _walk = new AttachmentWalk(image, manifest, new SbomAttachments(), _troubles);
        _reader = new AttachmentReader(image, _walk.Digests, options);
    }

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<Unknown> Unknowns => _troubles.Unknowns;

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
        await foreach (var part in _walk.PartsAsync(kind, cancellation))
        {
            if (read++ == _options.DocumentsPerKind)
            {
                _troubles.Say(kind, $"only the first {_options.DocumentsPerKind} documents were read");
                return;
            }

            await _troubles.TryAsync(kind, part.Blob.Digest.Value, async () => Take(await _reader.ReadAsync(kind, part, cancellation)));
            if (_found is { VerifiedBy: not null } && _found.Source == kind)
            {
                return;
            }
        }
    }

    /// <summary>The first document of a kind counts, but for one that is verified; and the first kind of all that may not be used.</summary>
    private void Take(FoundSbom? found)
    {
        if (found is null)
        {
            return;
        }

        if (found.Distrust is { } reason)
        {
            _troubles.Say(found.Source, $"{found.Name}: {reason}");
        }

        var isBetter = _found is null || (_found.VerifiedBy is null && found.VerifiedBy is not null)
            || (_options.IsUsable(found.Source, found.VerifiedBy is not null) && !_options.IsUsable(_found.Source, _found.VerifiedBy is not null));
        _found = isBetter ? found : _found;
    }
}
