using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Feeds.Osv;

/// <summary>
/// Docker's records on packages of its hardened images tell the distribution and release that a package is built for in its package URL alone
/// (<c>pkg:deb/dhi/zlib?os_distro=debian&amp;os_version=13</c>). It becomes the ecosystem's release, for versions of Debian and Alpine are ordered otherwise.
/// </summary>
internal static class HardenedImages
{
    private const string Name = "Docker Hardened Images";

    /// <summary>The ecosystem with its release; as it is where there is none.</summary>
    public static string? Ecosystem(string? ecosystem, string? purl) =>
        ecosystem == Name && PackageUrl.TryParse(purl, out var package, out _) && package!.Qualifier("os_distro") is { } distribution && package.Qualifier("os_version") is { } version
            ? $"{Name}:{distribution}-{version}"
            : ecosystem;
}
