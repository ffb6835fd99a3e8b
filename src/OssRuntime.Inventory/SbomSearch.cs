using System.Collections.Immutable;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Images;
using OssRuntime.Inventory.Manifests;
using OssRuntime.Inventory.Sboms;
using OssRuntime.Inventory.Sboms.Comparing;
using OssRuntime.Inventory.Sboms.Discovery;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory;

/// <summary>What was found of SBOMs with one image, and what becomes of it.</summary>
internal sealed class SbomSearch
{
    private readonly SbomDiscoveryOptions _options;
    private readonly FoundSbom? _attached;
    private readonly ImmutableArray<Unknown> _unknowns;

    private SbomSearch(SbomDiscoveryOptions options, FoundSbom? attached, IEnumerable<Unknown> unknowns)
    {
        _options = options;
        _attached = attached;
        _unknowns = [.. unknowns];
    }

    /// <summary>True where an SBOM that was attached to the image may stand for it.</summary>
    public bool HasUsable => _attached is not null && IsUsable(_attached);

    /// <summary>Looks nowhere but among the files.</summary>
    public static SbomSearch OfFiles(InventoryOptions options) => new(options.Sboms, null, []);

    /// <summary>Looks beside the image, where its source knows of such a place.</summary>
    public static async Task<SbomSearch> RunAsync(InventoryOptions options, IImageSource image, ImageManifest manifest, CancellationToken cancellation)
    {
        if (options.Mode == InventoryMode.Layers || image is not IAttachmentSource source)
        {
            return OfFiles(options);
        }

        var discovery = new SbomDiscovery(source, manifest, options.Sboms);
        var found = await discovery.FindAsync(cancellation);
        return new SbomSearch(options.Sboms, found, discovery.Unknowns);
    }

    /// <summary>The inventory that the attached SBOM declares, without a look at the image's files.</summary>
    /// <param name="manifest">The image.</param>
    /// <param name="failure">Why its files could not be read; null where nobody asked for them.</param>
    public ComponentInventory Alone(ImageManifest manifest, InventoryFailure? failure = null) => Alone(
        _attached!, manifest, failure is null ? _unknowns : _unknowns.Add(new Unknown("", "layers", $"the layers could not be read: {failure.Message}") { Kind = UnknownKind.PartOfImage }));

    /// <summary>The inventory that the SBOMs among the image's files declare.</summary>
    /// <exception cref="InventoryException">There are none, or none that may be used.</exception>
    public ComponentInventory Embedded(ImageManifest manifest, ImmutableArray<Component> embedded, ImmutableArray<Unknown> unknowns)
    {
        var found = AmongFiles(embedded);
        return found is not null && IsUsable(found)
            ? Alone(found, manifest, [.. _unknowns, .. unknowns])
            : throw new InventoryException(
                FailureReason.SbomNotFound,
                _attached is null && found is null ? "no SBOM was found with the image" : $"the SBOM that was found ({(_attached ?? found)!.Name}) is not verified");
    }

    /// <summary>What the files show, with the word of the first usable SBOM on it; else of the first one that was found.</summary>
    public ComponentInventory Combine(ComponentInventory observed, ImmutableArray<Component> embedded)
    {
        var candidates = new[] { _attached, AmongFiles(embedded) }.OfType<FoundSbom>().OrderBy(found => _options.Kinds.IndexOf(found.Source)).ToList();
        observed = observed with { Unknowns = [.. _unknowns, .. observed.Unknowns] };
        return (candidates.Find(IsUsable) ?? candidates.FirstOrDefault()) is { } found
            ? DeclaredAgainstObserved.Combine(WithUnknownsOf(observed, found), found, IsUsable(found))
            : observed;
    }

    private static ComponentInventory Alone(FoundSbom found, ImageManifest manifest, ImmutableArray<Unknown> unknowns) => WithUnknownsOf(
        new ComponentInventory
        {
            Digest = manifest.Digest,
            Platform = manifest.Platform,
            Source = found.Source,
            Verified = found.VerifiedBy is not null,
            OsRelease = found.Document.OsRelease,
            Components = found.Document.Components,
            Unknowns = unknowns,
            Declaration = DeclaredAgainstObserved.Describe(found),
        },
        found);

    private static ComponentInventory WithUnknownsOf(ComponentInventory inventory, FoundSbom found) =>
        inventory with { Unknowns = [.. inventory.Unknowns.Concat(found.Document.Unknowns).OrderBy(unknown => unknown.Path, StringComparer.Ordinal)] };

    private FoundSbom? AmongFiles(ImmutableArray<Component> embedded) =>
        embedded.IsEmpty || !_options.Kinds.Contains(InventorySource.EmbeddedSbom)
            ? null
            : new FoundSbom(
                InventorySource.EmbeddedSbom,
                string.Join(", ", embedded.Select(component => component.Location.Path).Distinct().Order(StringComparer.Ordinal).Take(3)),
                new SbomDocument { Format = FormatOf(embedded[0]), Components = embedded },
                VerifiedBy: null);

    private static SbomFormat FormatOf(Component component) => component.FoundBy switch
    {
        "cyclonedx" => SbomFormat.CycloneDxJson,
        "syft" => SbomFormat.SyftJson,
        _ => SbomFormat.SpdxJson,
    };

    private bool IsUsable(FoundSbom found) => _options.IsUsable(found.Source, found.VerifiedBy is not null);
}
