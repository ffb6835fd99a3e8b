using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.Reading;

/// <summary>What was read of an SBOM so far. What no reader could use safely is refused here with its reason, once for all formats.</summary>
/// <param name="document">What the SBOM is called: the location of components whose file it does not tell.</param>
/// <param name="limits">How much is kept.</param>
internal sealed class SbomDraft(string document, SbomLimits limits)
{
    private readonly List<Component> _components = [];
    private readonly HashSet<(PackageUrl Purl, string Path, Digest? Layer)> _seen = [];
    private readonly List<string> _unknowns = [];
    private int _unknownsLeftOut;
    private long _characters;
    private bool _isPartial;

    /// <summary>The format, as soon as it is known.</summary>
    public SbomFormat? Format { get; private set; }

    /// <summary>The version of the specification that the document names.</summary>
    public string? SpecVersion { get; set; }

    /// <summary>The distribution that the document names.</summary>
    public OsRelease? OsRelease { get; set; }

    /// <summary>Names of licences by their <c>LicenseRef-</c>, as SPDX documents carry them beside the packages.</summary>
    public Dictionary<string, string> LicenseNames { get; } = new(StringComparer.Ordinal);

    /// <summary>How much is kept.</summary>
    public SbomLimits Limits => limits;

    /// <summary>Says what the document is.</summary>
    /// <exception cref="SbomBrokenException">It said that it is something else before.</exception>
    public void Is(SbomFormat format)
    {
        if (Format is { } before && before != format)
        {
            throw new SbomBrokenException($"it claims to be {before} and {format} at the same time");
        }

        Format = format;
    }

    /// <summary>Takes an entry; or says why not.</summary>
    /// <exception cref="SbomBrokenException">There are too many.</exception>
    public void Add(PackageDraft draft)
    {
        if (draft.Kind is "operating-system" or "operating_system" or "operatingsystem")
        {
            draft.Os.Id ??= draft.Name;
            draft.Os.VersionId ??= draft.Version;
            OsRelease ??= draft.Os.ToRelease();
            return;
        }

        if (draft.Purl is not { Length: > 0 })
        {
            draft.Evidence = "group and name in the SBOM";
            draft.Purl = MavenPurl.Of(draft);
        }

        if (draft.Purl is not { Length: > 0 })
        {
            draft.Evidence = null;
            draft.Purl = PurlOfCpe(draft);
        }

        if (draft.Purl is not { Length: > 0 })
        {
            // Files, and the groups that some tools list their packages under, are no packages and have no version.
            if (draft is { Name.Length: > 0, Version.Length: > 0, Kind: null or "library" or "framework" or "platform" or "application" or "install" or "other" })
            {
                AddUnknown($"'{draft.Name}' {draft.Version} has no package URL");
            }

            return;
        }

        if (!PackageUrl.TryParse(draft.Purl, out var purl, out var error))
        {
            AddUnknown($"'{draft.Purl}' is not a package URL: {error}");
        }
        else if (purl!.Type is not ("oci" or "docker") && draft.Kind != "container")
        {
            Add(draft, purl);
        }
    }

    /// <summary>Takes a reason why a part could not be read.</summary>
    public void AddUnknown(string reason)
    {
        if (_unknowns.Count >= limits.Unknowns)
        {
            _unknownsLeftOut++;
            return;
        }

        _unknowns.Add(DraftText.Printable(reason, 300));
    }

    /// <summary>Takes the reason why the rest could not be read.</summary>
    public void Break(string reason)
    {
        _isPartial = true;
        _unknowns.Add(DraftText.Printable($"{reason}; {_components.Count} components were read before", 300));
    }

    /// <summary>The document.</summary>
    public SbomDocument Finish()
    {
        if (Format is null)
        {
            _unknowns.Insert(0, "it is not an SBOM of a known format");
            _components.Clear();
        }

        if (_unknownsLeftOut > 0)
        {
            _unknowns.Add($"and {_unknownsLeftOut} more");
        }

        var release = OsRelease ?? AgreedRelease();
        _seen.Clear();

        // In place, or a large document would be in memory twice.
        for (var i = 0; i < _components.Count; i++)
        {
            _components[i] = Complete(_components[i], release);
        }

        _components.Sort(ComponentOrder.Instance);
        return new SbomDocument
        {
            Format = Format,
            SpecVersion = SpecVersion is { } version && DraftText.IsClean(version) ? version : null,
            OsRelease = release,
            Components = [.. _components],
            Unknowns = [.. _unknowns.Select(reason => new Unknown(document, ReaderName, reason))],
            IsPartial = _isPartial,
        };
    }

    private string ReaderName => Format switch
    {
        SbomFormat.CycloneDxJson or SbomFormat.CycloneDxXml => "cyclonedx",
        SbomFormat.SpdxJson or SbomFormat.SpdxTagValue or SbomFormat.Spdx3Json => "spdx",
        SbomFormat.SyftJson => "syft",
        _ => "sbom",
    };

    private void Add(PackageDraft draft, PackageUrl purl)
    {
        var name = DeclaredNaming.NameOf(purl, draft.Name);
        var version = DeclaredNaming.VersionOf(purl, draft.Version) ?? "";
        var path = DraftText.Path(draft.Path) ?? document;
        if (DraftText.Refuse(name) is { } badName)
        {
            AddUnknown($"the name of '{purl}' {badName}");
        }
        else if (DraftText.Refuse(version) is { } badVersion)
        {
            AddUnknown($"the version of '{purl}' {badVersion}");
        }
        else if (_seen.Add((purl, path, draft.Layer)))
        {
            if (DeclaredNaming.Contradicts(purl, draft.Version))
            {
                AddUnknown($"'{name}' has the version {draft.Version}, and its package URL says {purl.Version}; {version} was looked up");
            }

            Take(draft.Purl!.Length + name.Length + version.Length + path.Length + draft.Licenses.Sum(license => license.Length));
            _components.Add(new Component
            {
                Purl = purl,
                Name = name,
                Version = version,
                Ecosystem = draft.Ecosystem ?? default,
                Location = new ComponentLocation(draft.Layer, path),
                Type = draft.Type ?? DeclaredNaming.TypeOf(purl, draft.Kind),
                Source = DeclaredNaming.SourceOf(purl, draft, version),
                Licenses = [.. draft.Licenses],
                OwnedBy = draft.OwnedBy,
                Origin = OriginOf(draft),
                Supplier = SupplierOf(draft),
                Cpe = CpeOf(draft, purl),
                IsThirdParty = draft.IsThirdParty,
                Evidence = draft.Evidence,
                Declared = true,
            });
        }
    }

    /// <summary>
    /// The CPE name, for programs that no ecosystem knows: tools guess CPE names for packages too, and those have their own advisories.
    /// </summary>
    private static string? CpeOf(PackageDraft draft, PackageUrl purl) =>
        purl.Type == "generic" && draft.Cpe is { Length: > 0 and < 1000 } cpe && cpe.StartsWith("cpe:", StringComparison.OrdinalIgnoreCase) && DraftText.IsClean(cpe) ? cpe : null;

    /// <summary>The package URL of a component that has only a CPE name: <c>pkg:generic/PRODUCT@VERSION</c>; null where the name is none of an application.</summary>
    private static string? PurlOfCpe(PackageDraft draft)
    {
        var parts = draft.Cpe?.Replace("cpe:2.3:", "cpe:/", StringComparison.OrdinalIgnoreCase).Split(':') ?? [];
        var version = draft.Version is { Length: > 0 } told ? told : parts.Length > 4 && parts[4] is not ("*" or "-" or "") ? parts[4] : null;
        return parts.Length > 3 && parts[1] == "/a" && parts[3].Length > 0 && version is not null && !parts[3].Contains('\\', StringComparison.Ordinal)
            && PackageUrl.TryCreate("generic", null, parts[3], version, [], null, out var purl, out _) ? purl!.ToString() : null;
    }

    private static string? SupplierOf(PackageDraft draft) =>
        draft.Supplier is { Length: > 0 } supplier and not "NOASSERTION" && DraftText.IsClean(supplier) ? supplier : null;

    private static string? OriginOf(PackageDraft draft) =>
        draft.Origin is { Length: > 0 } origin && origin is not ("NOASSERTION" or "NONE") && DraftText.IsClean(origin) ? origin : null;

    private void Take(int characters)
    {
        _characters += characters;
        if (_components.Count >= limits.Components)
        {
            throw new SbomBrokenException($"it names more than {limits.Components} components");
        }

        if (_characters > limits.Characters)
        {
            throw new SbomBrokenException($"its components have more than {limits.Characters} characters");
        }
    }

    private Component Complete(Component component, OsRelease? release) => component with
    {
        FoundBy = ReaderName,
        IsThirdParty = component.IsThirdParty || DeclaredNaming.IsThirdParty(component, release),
        Ecosystem = component.Ecosystem.Name is not null ? component.Ecosystem : DeclaredNaming.EcosystemOf(component.Purl, release),
        Licenses = LicenseNames.Count == 0
            ? component.Licenses
            : [.. component.Licenses.Select(license => LicenseNames.GetValueOrDefault(license, license))],
    };

    /// <summary>The release that all packages of a distribution name, where the document itself names none.</summary>
    private OsRelease? AgreedRelease()
    {
        var told = _components.Where(component => component.Type == ComponentType.OsPackage)
            .Select(component => DistroNames.Of(component.Purl))
            .Distinct()
            .Take(2)
            .ToList();
        return told is [{ } only] ? only : null;
    }
}
