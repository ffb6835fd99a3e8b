using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Matching;

/// <summary>Whose vectors speak of a flaw itself, and whose of a distribution's build.</summary>
internal static class SeveritySources
{
    private const string Osv = "osv/";
    private static readonly string[] Distributions = ["redhat", "suse", "oracle", "amazon", "photon", "debian-tracker", "alpine-secdb", "wolfi", "chainguard"];

    /// <summary>OSV's ecosystems of distributions whose packages are not told apart by release.</summary>
    private static readonly string[] Rolling = ["wolfi", "chainguard", "cleanstart", "minimos", "echo", "dhi", "docker hardened images", "bellsoft hardened containers", "openeuler", "android", "root"];

    /// <summary>True for a feed of a distribution's.</summary>
    public static bool IsOfDistribution(string source)
    {
        if (!source.StartsWith(Osv, StringComparison.Ordinal))
        {
            return Array.Exists(Distributions, name => source.StartsWith(name, StringComparison.Ordinal));
        }

        var ecosystem = source[Osv.Length..];
        return EcosystemNames.IsDistribution(new Ecosystem(ecosystem)) || Array.IndexOf(Rolling, ecosystem.ToLowerInvariant()) >= 0;
    }
}
