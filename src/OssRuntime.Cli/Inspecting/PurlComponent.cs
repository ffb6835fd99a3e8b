using OssRuntime.Model.Packages;

namespace OssRuntime.Cli.Inspecting;

/// <summary>A component made from nothing but a package URL, to ask the database about it.</summary>
internal static class PurlComponent
{
    private static readonly Dictionary<string, string> Ecosystems = new(StringComparer.Ordinal)
    {
        ["npm"] = "npm",
        ["pypi"] = "PyPI",
        ["maven"] = "Maven",
        ["nuget"] = "NuGet",
        ["gem"] = "RubyGems",
        ["golang"] = "Go",
        ["cargo"] = "crates.io",
        ["composer"] = "Packagist",
        ["hex"] = "Hex",
        ["pub"] = "Pub",
        ["cran"] = "CRAN",
        ["hackage"] = "Hackage",
        ["bitnami"] = "Bitnami",
        ["conan"] = "ConanCenter",
        ["swift"] = "SwiftURL",
        ["julia"] = "Julia",
        ["opam"] = "opam",
    };

    /// <summary>The ecosystems of distributions, by the purl's namespace, with what stands before the release.</summary>
    private static readonly Dictionary<string, (string Name, string Prefix)> Distributions = new(StringComparer.Ordinal)
    {
        ["debian"] = ("Debian", ""),
        ["ubuntu"] = ("Ubuntu", ""),
        ["alpine"] = ("Alpine", "v"),
        ["wolfi"] = ("Wolfi", ""),
        ["chainguard"] = ("Chainguard", ""),
        ["rocky"] = ("Rocky Linux", ""),
        ["almalinux"] = ("AlmaLinux", ""),
        ["redhat"] = ("Red Hat", ""),
        ["opensuse"] = ("openSUSE", ""),
        ["azurelinux"] = ("Azure Linux", ""),
        ["mariner"] = ("Azure Linux", ""),
        ["oracle"] = ("Oracle Linux", ""),
        ["amazon"] = ("Amazon Linux", ""),
        ["photon"] = ("Photon OS", ""),
        ["suse"] = ("SUSE", ""),
        ["openeuler"] = ("openEuler", ""),
        ["mageia"] = ("Mageia", ""),
    };

    public static Component Of(PackageUrl purl) => new()
    {
        Purl = purl,
        Name = NameOf(purl),
        Version = purl.Version ?? "",
        Ecosystem = EcosystemOf(purl),
        Location = new ComponentLocation(null, ""),
        Type = purl.Type is "deb" or "apk" or "rpm" ? ComponentType.OsPackage : ComponentType.Library,
    };

    private static string NameOf(PackageUrl purl) => purl switch
    {
        { Namespace: null } or { Type: "deb" or "apk" or "rpm" } => purl.Name,
        { Type: "maven" } => $"{purl.Namespace}:{purl.Name}",
        _ => $"{purl.Namespace}/{purl.Name}",
    };

    private static Ecosystem EcosystemOf(PackageUrl purl)
    {
        if (purl.Namespace is { } @namespace && Distributions.TryGetValue(@namespace, out var distribution))
        {
            var distro = purl.Qualifiers.FirstOrDefault(qualifier => qualifier.Key == "distro").Value;
            var release = distro is null ? null : distro[(distro.LastIndexOf('-') + 1)..];
            return new Ecosystem(distribution.Name, release is null ? null : distribution.Prefix + release.TrimStart('v'));
        }

        return new Ecosystem(Ecosystems.GetValueOrDefault(purl.Type, purl.Type));
    }
}
