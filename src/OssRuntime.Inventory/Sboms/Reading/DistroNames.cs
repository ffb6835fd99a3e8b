using OssRuntime.Model.Images;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.Reading;

/// <summary>
/// Distributions as SBOMs name them: the words of other tools for an os-release <c>ID</c>, and the <c>distro</c> qualifier of purls
/// (<c>debian-12</c>, <c>alpine-3.20.1</c>, <c>bookworm</c>).
/// </summary>
internal static class DistroNames
{
    /// <summary>The <c>ID</c> of os-release for a name.</summary>
    public static string IdOf(string name) => name.ToLowerInvariant() switch
    {
        "redhat" or "red hat" or "red hat enterprise linux" => "rhel",
        "oracle" or "oracle linux" or "oraclelinux" => "ol",
        "amazon" or "amazonlinux" or "amazon linux" => "amzn",
        "alma" => "almalinux",
        "rockylinux" => "rocky",
        "suse" or "suse linux enterprise server" => "sles",
        "opensuse.leap" => "opensuse-leap",
        "opensuse.tumbleweed" => "opensuse-tumbleweed",
        "cbl-mariner" => "mariner",
        "azure" => "azurelinux",
        var id => id,
    };

    /// <summary>The release that a purl's <c>distro</c> qualifier names; null where there is none.</summary>
    public static OsRelease? Of(PackageUrl purl)
    {
        if (purl.Qualifier("distro") is not { Length: > 0 } distro || purl.Namespace is not { } space || !DraftText.IsClean(distro))
        {
            return null;
        }

        // The version is what follows the last dash that stands before a digit; names such as opensuse-leap have dashes too.
        for (var dash = distro.LastIndexOf('-'); dash > 0; dash = distro.LastIndexOf('-', dash - 1))
        {
            if (dash + 1 < distro.Length && char.IsAsciiDigit(distro[dash + 1]))
            {
                return new OsRelease(IdOf(distro[..dash]), distro[(dash + 1)..], null, null, []);
            }
        }

        return distro.Equals(space, StringComparison.OrdinalIgnoreCase)
            ? new OsRelease(IdOf(distro), null, null, null, [])
            : distro.StartsWith($"{space}-", StringComparison.OrdinalIgnoreCase)
                ? new OsRelease(IdOf(space), null, distro[(space.Length + 1)..], null, [])
                : new OsRelease(IdOf(distro.Contains('-', StringComparison.Ordinal) ? distro : space), null, distro, null, []);
    }
}
