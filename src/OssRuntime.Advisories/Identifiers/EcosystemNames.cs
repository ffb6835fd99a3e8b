using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Identifiers;

/// <summary>
/// The one spelling of an ecosystem that feeds and images are compared by: lower case, and for distributions the release in one form
/// (OSV schema, "Defined ecosystems"). A language's suffix is the address of a registry, which no image tells, and is left away.
/// </summary>
internal static class EcosystemNames
{
    /// <summary><c>debian:12</c>, <c>ubuntu:22.04</c>, <c>alpine:v3.20</c>, <c>almalinux:9</c>, <c>npm</c>.</summary>
    public static string Canonical(Ecosystem ecosystem)
    {
        var name = Known(ecosystem.Name.Trim().ToLowerInvariant());
        var release = ecosystem.Release?.Trim();
        if (string.IsNullOrEmpty(release) || IsLanguage(name))
        {
            return name;
        }

        return $"{name}:{Release(name, release.ToLowerInvariant())}";
    }

    /// <summary>The canonical name without its release.</summary>
    public static string WithoutRelease(string canonical)
    {
        var colon = canonical.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? canonical : canonical[..colon];
    }

    /// <summary>True for the ecosystem of a distribution.</summary>
    public static bool IsDistribution(Ecosystem ecosystem) => HasReleases(Known(ecosystem.Name.ToLowerInvariant()));

    /// <summary>True where packages of this ecosystem are told apart by the release of a distribution.</summary>
    public static bool HasReleases(string name) =>
        name is "debian" or "ubuntu" or "alpine" or "almalinux" or "rocky linux" or "red hat" or "centos" or "oracle linux" or "amazon linux"
            or "azure linux" or "cbl-mariner" or "photon os" or "opensuse" or "suse" or "mageia" or "openeuler" or "fedora" or "alpaquita";

    /// <summary>Distributions that no OSV name is known for are called by their os-release's ID, languages perhaps by their purl type.</summary>
    private static string Known(string name) => name switch
    {
        "ol" => "oracle linux",
        "amzn" => "amazon linux",
        "mariner" or "azurelinux" => "azure linux",

        // Lists are called by purl types.
        "gem" => "rubygems",
        "cargo" => "crates.io",
        "golang" => "go",
        "composer" => "packagist",
        _ => name,
    };

    private static bool IsLanguage(string name) =>
        name is "npm" or "pypi" or "maven" or "nuget" or "packagist" or "rubygems" or "go" or "crates.io" or "hex" or "pub" or "cran"
            or "hackage" or "swifturl" or "conancenter" or "julia" or "opam" or "ghc" or "bioconductor" or "github actions" or "vscode";

    private static string Release(string name, string release) => name switch
    {
        "ubuntu" => WithoutSegment(release, "lts"),
        "alpine" => AlpineBranch(release),
        "debian" => Major(release, keepMinorUpTo: 6),
        "almalinux" or "rocky linux" or "oracle linux" or "centos" or "azure linux" => Major(release),
        "red hat" => RedHatRelease(release),
        "suse" => SuseReleases.Number(release) ?? release,
        _ => release,
    };

    /// <summary>Ubuntu marks long-term releases with a segment of its own, which says nothing about the packages.</summary>
    private static string WithoutSegment(string release, string segment) =>
        string.Join(':', release.Split(':').Where(part => part != segment));

    /// <summary>Branches are named <c>v3.20</c>; <c>os-release</c> gives <c>3.20.1</c>.</summary>
    private static string AlpineBranch(string release)
    {
        var parts = release.TrimStart('v').Split('.');
        return parts.Length >= 2 && parts[0].Length > 0 && char.IsAsciiDigit(parts[0][0]) ? $"v{parts[0]}.{parts[1]}" : release;
    }

    /// <summary>The major release. Debian's numbers had two parts up to 6.0.</summary>
    private static string Major(string release, int keepMinorUpTo = 0)
    {
        var dot = release.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !int.TryParse(release.AsSpan(0, dot), out var major) || major <= keepMinorUpTo)
        {
            return release;
        }

        return release[..dot];
    }

    /// <summary><c>enterprise_linux:9::baseos</c> is RHEL 9; other streams (EUS, AUS, products) keep their names.</summary>
    private static string RedHatRelease(string release)
    {
        const string Main = "enterprise_linux:";
        var stream = release.StartsWith(Main, StringComparison.Ordinal) ? release[Main.Length..] : release;
        var repository = stream.IndexOf("::", StringComparison.Ordinal);
        stream = repository < 0 ? stream : stream[..repository];
        return Major(stream);
    }
}
