using System.Collections.Frozen;
using System.Collections.Immutable;
using OssRuntime.Model.Packages;
using OssRuntime.Model.Versions.Android;
using OssRuntime.Model.Versions.Apk;
using OssRuntime.Model.Versions.Bitnami;
using OssRuntime.Model.Versions.Composer;
using OssRuntime.Model.Versions.Conan;
using OssRuntime.Model.Versions.Cran;
using OssRuntime.Model.Versions.Deb;
using OssRuntime.Model.Versions.Go;
using OssRuntime.Model.Versions.Hackage;
using OssRuntime.Model.Versions.Julia;
using OssRuntime.Model.Versions.Maven;
using OssRuntime.Model.Versions.Npm;
using OssRuntime.Model.Versions.NuGet;
using OssRuntime.Model.Versions.Opam;
using OssRuntime.Model.Versions.Programs;
using OssRuntime.Model.Versions.Pub;
using OssRuntime.Model.Versions.PyPI;
using OssRuntime.Model.Versions.Rpm;
using OssRuntime.Model.Versions.RubyGems;
using OssRuntime.Model.Versions.SemVer;

namespace OssRuntime.Model.Versions;

/// <summary>Every order that there is, and which ecosystem has which.</summary>
public static class VersionOrders
{
    /// <summary>
    /// Semantic Versioning 2.0.0, with a <c>v</c> before it and missing numbers let pass: for ranges that say no more than SEMVER, and for ecosystems of
    /// tags.
    /// </summary>
    public static readonly IVersionOrder SemVer = new SemVerOrder("semver", SemVerLeniency.Prefix | SemVerLeniency.MissingNumbers);

    /// <summary>Every order, each once, with the names that find it: OSV's names of ecosystems, and purl types where they differ.</summary>
    private static readonly ImmutableArray<(IVersionOrder Order, string[] Names)> Catalogue =
    [
        (new DebOrder(), ["Debian", "Ubuntu", "Echo", "deb"]),
        (new ApkOrder(), ["Alpine", "Wolfi", "Chainguard", "MinimOS", "Alpaquita", "BellSoft Hardened Containers", "CleanStart", "apk"]),
        (new RpmOrder(), ["Red Hat", "Rocky Linux", "AlmaLinux", "SUSE", "openSUSE", "Azure Linux", "Photon OS", "Mageia", "openEuler", "Oracle Linux", "Amazon Linux", "CentOS", "Fedora", "rpm"]),
        (SemVer, ["SwiftURL", "swift", "GitHub Actions", "githubactions", "github", "VSCode", "kubernetes", "Linux", "DHI", "Docker Hardened Images"]),
        (new NpmOrder(), ["npm"]),
        (new Pep440Order(), ["PyPI"]),
        (new MavenOrder(), ["Maven"]),
        (new NuGetOrder(), ["NuGet"]),
        (new GemOrder(), ["RubyGems", "gem"]),
        (new ComposerOrder(), ["Packagist", "composer"]),
        (new GoOrder(), ["Go", "golang"]),
        (new SemVerOrder("crates", SemVerLeniency.None), ["crates.io", "cargo"]),
        (new SemVerOrder("hex", SemVerLeniency.None), ["Hex"]),
        (new PubOrder(), ["Pub"]),
        (new CranOrder(), ["CRAN", "Bioconductor"]),
        (new HackageOrder(), ["Hackage", "GHC"]),
        (new BitnamiOrder(), ["Bitnami"]),
        (new ConanOrder(), ["ConanCenter", "conan"]),
        (new JuliaOrder(), ["Julia"]),
        (new OpamOrder(), ["opam"]),
        (new AndroidOrder(), ["Android"]),
        (new ProgramOrder(), ["cpe"]),
    ];

    private static readonly FrozenDictionary<string, IVersionOrder>.AlternateLookup<ReadOnlySpan<char>> ByName = Catalogue
        .SelectMany(entry => entry.Names.Append(entry.Order.Name).Distinct(StringComparer.OrdinalIgnoreCase), (entry, name) => (entry.Order, Name: name))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Order, StringComparer.OrdinalIgnoreCase)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Every order, each once.</summary>
    public static ImmutableArray<IVersionOrder> All { get; } = [.. Catalogue.Select(entry => entry.Order)];

    /// <summary>The order of an ecosystem's versions, or null where the ecosystem is not known.</summary>
    public static IVersionOrder? For(Ecosystem ecosystem) => ForName(ecosystem.ToString());

    /// <summary>
    /// The order for the name of an ecosystem as OSV has it, with or without a release (<c>Debian:12</c>), for a purl type, or for the name of an order
    /// itself; case does not count. Null where the name is not known.
    /// </summary>
    public static IVersionOrder? ForName(string? name)
    {
        if (name is null)
        {
            return null;
        }

        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && name.StartsWith("Docker Hardened Images:", StringComparison.OrdinalIgnoreCase))
        {
            // Packages of Docker's hardened images have the versions of the distribution that they are built for: "debian-13".
            var dash = name.IndexOf('-', colon);
            return dash < 0 ? null : ForName(name[(colon + 1)..dash]);
        }

        return ByName.TryGetValue(colon < 0 ? name : name.AsSpan(0, colon), out var order) ? order : null;
    }
}
