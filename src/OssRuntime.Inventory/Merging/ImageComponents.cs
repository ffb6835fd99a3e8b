using System.Collections.Immutable;
using OssRuntime.Inventory.Extractors;
using OssRuntime.Inventory.Extractors.DotNet;
using OssRuntime.Inventory.Extractors.LockFiles;
using OssRuntime.Inventory.Extractors.Go;
using OssRuntime.Inventory.Extractors.OsReleases;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Licenses;
using OssRuntime.Inventory.Packages;
using OssRuntime.Inventory.Sboms.Reading;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Merging;

/// <summary>
/// Makes components out of what the finished image's files say, now that the whole is known: the distribution gives its packages their
/// names, file lists tell which language packages belong to an OS package, and the layers below tell where each was first seen.
/// </summary>
internal sealed class ImageComponents
{
    private readonly IReadOnlyList<MergedFile> _files;
    private readonly Distribution _distribution;
    private readonly FileOwners _owners;
    private readonly ExplainedFiles _explained;
    private readonly DistributionPublishers _publishers;
    private readonly CopyrightFiles _copyrights;
    private readonly Dictionary<string, string> _origins = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>> _licenses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _normalLicenses = new(StringComparer.Ordinal);
    private readonly List<Unknown> _unnameable = [];
    private readonly HashSet<string> _ecosystems = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<Component>> _osPackages = new(StringComparer.Ordinal);

    private ImageComponents(IReadOnlyList<LayerContent> layers, IReadOnlyList<MergedFile> files)
    {
        _files = files;
        OsRelease = files.Where(f => f.Findings.OsRelease is not null)
            .MinBy(f => OsReleaseExtractor.Rank(f.Findings.Path))?.Findings.OsRelease;
        _distribution = Distribution.Of(OsRelease);
        var rootLinks = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var link in layers.SelectMany(l => l.Index.RootLinks))
        {
            rootLinks[link.Key] = link.Value;
        }

        var languagePaths = files.Where(f => f.Findings.Packages.Any(p => p.Kind != ComponentType.OsPackage)).Select(f => f.Findings.Path);
        _owners = new FileOwners(files.SelectMany(f => f.Findings.Owned), languagePaths, rootLinks);
        _copyrights = new CopyrightFiles(files.SelectMany(f => f.Findings.Owned));
        _publishers = new DistributionPublishers(
            OsRelease,
            files.Any(f => f.Findings.Packages.Any(p => p.Type == "rpm" && p.Vendor is { } vendor && DistributionPublishers.IsOwnVendor(OsRelease, vendor))));
        _explained = new ExplainedFiles(files.Select(f => f.Findings));
        foreach (var told in files.SelectMany(f => f.Findings.Licenses))
        {
            _licenses.TryAdd(told.Package, told.Licenses);
        }

        foreach (var origin in files.SelectMany(f => f.Findings.Origins))
        {
            _origins.TryAdd(origin.Path, origin.Origin);
        }
    }

    /// <summary>The distribution, or null.</summary>
    public OsRelease? OsRelease { get; }

    /// <summary>In the order of <see cref="ComponentOrder"/>.</summary>
    public ImmutableArray<Component> Components { get; private set; } = [];

    /// <summary>What the SBOMs among the files declare, in the same order.</summary>
    public ImmutableArray<Component> Declared { get; private set; } = [];

    /// <summary>In the order of the paths.</summary>
    public ImmutableArray<Unknown> Unknowns { get; private set; } = [];

    /// <summary>Merges layers and reads the components off them.</summary>
    /// <param name="layers">The lowest first.</param>
    public static ImageComponents Of(IReadOnlyList<LayerContent> layers)
    {
        var components = new ImageComponents(layers, LayerMerger.Merge(layers));
        components.Collect();
        components.CollectDeclared();
        components.CollectUnknowns(layers);
        return components;
    }

    private void Collect()
    {
        var all = new List<Component>();
        foreach (var (component, _) in Records(isOs: true))
        {
            all.Add(component);
            if (!_osPackages.TryGetValue(component.Name, out var same))
            {
                _osPackages.Add(component.Name, same = []);
            }

            same.Add(component);
        }

        foreach (var (component, path) in Records(isOs: false))
        {
            var owner = Owner(path);

            // A known program of the distribution is that package, and no second thing beside it.
            if (owner is null || owner.IsThirdParty || component.Cpe is null)
            {
                all.Add(owner is null ? component : component with { OwnedBy = owner.Purl.ToString() });
            }
        }

        all.Sort(ComponentOrder.Instance);
        Repeats.Remove(all);
        Components = [.. all];
    }

    /// <summary>An SBOM's packages of a distribution are those of the image's, if it does not say otherwise.</summary>
    private void CollectDeclared()
    {
        var all = new List<Component>();
        foreach (var file in _files)
        {
            if (file.Findings.Declared.IsEmpty)
            {
                continue;
            }

            all.AddRange(file.Findings.Declared.Select(component => component with
            {
                Location = component.Location with { Layer = file.Layer },
                Ecosystem = DeclaredNaming.EcosystemOf(component.Purl, OsRelease),
            }));
        }

        all.Sort(ComponentOrder.Instance);
        Declared = [.. all];
    }

    private IEnumerable<(Component Component, string Path)> Records(bool isOs)
    {
        foreach (var file in _files)
        {
            if (file.Findings.Extractor == DotNetAssemblyExtractor.Id && _explained.Contains(file.Findings.Path))
            {
                continue;
            }

            var firstSeen = file.Earlier.Count == 0 ? null : FirstSeen(file);
            foreach (var package in file.Findings.Packages)
            {
                if (package.Kind == ComponentType.OsPackage == isOs
                    && ToComponent(package, file, firstSeen is null ? file.Layer : firstSeen[package]) is { } component)
                {
                    yield return (component, file.Findings.Path);
                }
            }
        }
    }

    /// <summary>For each package the lowest layer from which on it was in the file without a break.</summary>
    private static Dictionary<PackageRecord, Digest?> FirstSeen(MergedFile file)
    {
        var seen = new Dictionary<PackageRecord, Digest?>();
        foreach (var package in file.Findings.Packages)
        {
            seen[package] = file.Layer;
        }

        var open = new HashSet<PackageRecord>(seen.Keys);
        foreach (var earlier in file.Earlier)
        {
            open.IntersectWith(earlier.Findings.Packages);
            foreach (var package in open)
            {
                seen[package] = earlier.Layer;
            }
        }

        return seen;
    }

    private Component? ToComponent(PackageRecord package, MergedFile file, Digest? layer)
    {
        var path = file.Findings.Path;
        if (!PurlNaming.TryPurl(package, _distribution, out var purl, out var error))
        {
            _unnameable.Add(new Unknown(PrintableText.Of(path), file.Findings.Extractor, $"'{package.Name}' {package.Version} has no package URL: {error}"));
            return null;
        }

        var isThirdParty = package.Kind == ComponentType.OsPackage && _publishers.IsOther(package, _copyrights.Of(package.Name));
        return new Component
        {
            Purl = purl!,
            Name = package.Name,
            Version = package.Version,
            Ecosystem = PurlNaming.EcosystemOf(package, _distribution),
            Location = new ComponentLocation(layer, PrintableText.Of(package.Inside is null ? Shown(path) : $"{path}!/{package.Inside}")),
            Type = package.Kind,
            Source = package.Source,
            Licenses = LicensesOf(package) is [var license] ? [Normal(license)] : [.. LicensesOf(package).Select(Normal).Distinct(StringComparer.Ordinal)],
            Supplier = package.Type == "rpm" || isThirdParty ? package.Vendor : null,
            IsThirdParty = isThirdParty,
            Evidence = package.Evidence,
            Cpe = package.Cpe,
            Origin = package.Origin ?? OriginOf(path),
            FoundBy = file.Findings.Extractor,
        };
    }

    /// <summary>Thousands of packages have the same dozen of licences.</summary>
    private string Normal(string license)
    {
        if (!_normalLicenses.TryGetValue(license, out var normal))
        {
            _normalLicenses.Add(license, normal = LicenseNames.Normalize(license));
        }

        return normal;
    }

    private ImmutableArray<string> LicensesOf(PackageRecord package) =>
        package.Type == "deb" && package.Licenses.IsEmpty ? _licenses.GetValueOrDefault(package.Name, []) : package.Licenses;

    /// <summary>A record that is a directory stands among what is in it.</summary>
    private static string Shown(string path) => path.EndsWith("/.", StringComparison.Ordinal) ? path[..^2] : path;

    private string? OriginOf(string path)
    {
        if (_origins.Count == 0)
        {
            return null;
        }

        return _origins.GetValueOrDefault(path) ?? _origins.GetValueOrDefault(path[..Math.Max(0, path.LastIndexOf('/'))]);
    }

    private Component? Owner(string path)
    {
        if (_owners.OwnerOf(path) is not { } owner || !_osPackages.TryGetValue(owner.Package, out var packages))
        {
            return null;
        }

        var arch = owner.Architecture;
        return packages.Find(p => arch is null || p.Purl.Qualifier("arch") == arch);
    }

    /// <summary>What is in a program that the distribution built is for its package to say.</summary>
    private bool IsAnswered(FileFindings findings, string reason) =>
        (reason == GoModules.WithoutModules && Owner(findings.Path) is { IsThirdParty: false })
        || (findings.Extractor == LockFileExtractor.Id && _ecosystems.Contains(LockFileExtractor.EcosystemOf(findings.Path)));

    private void CollectUnknowns(IReadOnlyList<LayerContent> layers)
    {
        var unknowns = new List<Unknown>(_unnameable);
        _ecosystems.UnionWith(Components.Select(component => component.Ecosystem.Name ?? ""));
        foreach (var findings in _files.Select(file => file.Findings))
        {
            foreach (var reason in findings.Unknowns)
            {
                if (!IsAnswered(findings, reason))
                {
                    unknowns.Add(new Unknown(PrintableText.Of(findings.Path), findings.Extractor, reason) { Kind = findings.Extractor == LockFileExtractor.Id ? UnknownKind.NotInstalled : UnknownKind.File });
                }
            }
        }

        unknowns.AddRange(layers.SelectMany(l => l.Index.Unknowns.Select(u => new Unknown(PrintableText.Of(u.Path), "", PrintableText.Of(u.Reason)))));
        unknowns.AddRange(UnknownsOfDistribution());

        Unknowns = [.. unknowns.OrderBy(u => u.Path, StringComparer.Ordinal).ThenBy(u => u.Reason, StringComparer.Ordinal)];
    }

    /// <summary>Packages of no known distribution, or a known distribution without packages: neither is silence.</summary>
    private IEnumerable<Unknown> UnknownsOfDistribution()
    {
        var hasPackages = _osPackages.Values.Any(same => same.Exists(package => package.Purl.Type != "nix" || OsRelease?.Id == "nixos"));
        if (OsRelease is null && hasPackages)
        {
            yield return new Unknown("etc/os-release", "os-release", "there are OS packages, and no file tells of which distribution") { Kind = UnknownKind.DistributionUnknown };
        }
        else if (OsRelease is { } release && !hasPackages)
        {
            yield return new Unknown(
                "etc/os-release",
                "os-release",
                $"the distribution is {release.PrettyName ?? release.Id}, and no package database of it was found or could be read: nothing is known about the packages that it installed")
            {
                Kind = UnknownKind.NoPackageDatabase,
            };
        }
    }
}
