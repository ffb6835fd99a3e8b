using OssRuntime.Model.Images;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.Reading;

/// <summary>
/// Distributions as SBOMs name them: the words of other tools for an os-release <c>ID</c>, and the <c>distro</c> qualifier of purls
/// (<c>debian-12</c>, <c>alpine-3.20.1</c>, <c>bookworm</c>).
/// </summary>
internal static class DistroNames
{
    /// <summary>The <c>ID</c> of os-release for a name: purl namespaces, products of CPE names, the words of Trivy, Syft, Grype and OSV.</summary>
    public static string IdOf(string name) => name.ToLowerInvariant().Replace('_', ' ') switch
    {
        "redhat" or "red hat" or "enterprise linux" or "red hat enterprise linux" => "rhel",
        "red hat enterprise linux coreos" => "rhcos",
        "oracle" or "oracle linux" or "oraclelinux" => "ol",
        "amazon" or "amazonlinux" or "amazon linux" => "amzn",
        "alma" or "alma linux" => "almalinux",
        "rockylinux" or "rocky linux" => "rocky",
        "centos linux" or "centos stream" or "centos-stream" => "centos",
        "debian linux" or "debian gnu/linux" => "debian",
        "ubuntu linux" => "ubuntu",
        "alpine linux" or "alpinelinux" => "alpine",
        "fedora linux" or "fedoraproject" => "fedora",
        "suse" or "suse linux enterprise server" or "linux enterprise server" => "sles",
        "sles sap" or "suse linux enterprise server for sap applications" => "sles_sap",
        "sle hpc" => "sle_hpc",
        "suse linux enterprise micro" or "sle micro" => "sle-micro",
        "suse linux micro" or "sl micro" => "sl-micro",
        "opensuse.leap" or "opensuse leap" or "leap" => "opensuse-leap",
        "opensuse.tumbleweed" or "opensuse tumbleweed" or "tumbleweed" => "opensuse-tumbleweed",
        "opensuse leap micro" => "opensuse-leap-micro",
        "cbl-mariner" or "cbl mariner" => "mariner",
        "azure" or "azure linux" => "azurelinux",
        "photon os" or "vmware photon os" or "photonos" => "photon",
        "docker hardened images" => "dhi",
        _ => name.ToLowerInvariant(),
    };

    /// <summary>The version without what stands behind it in brackets: Trivy has <c>2 (Karoo)</c>.</summary>
    public static string? VersionOf(string? version)
    {
        var bracket = version?.IndexOf(" (", StringComparison.Ordinal) ?? -1;
        return bracket < 1 ? version : version![..bracket];
    }

    /// <summary>The release that a purl's <c>distro</c> qualifier names; null where there is none.</summary>
    public static OsRelease? Of(PackageUrl purl)
    {
        if (purl.Qualifier("distro") is not { Length: > 0 } distro || purl.Namespace is not { } space || !DraftText.IsClean(distro))
        {
            return null;
        }

        // OSV names SUSE's product with its service pack.
        if (SuseProduct(distro) is { } product)
        {
            return product;
        }

        // Trivy has the version alone.
        if (char.IsAsciiDigit(distro[0]) && !distro.Contains(' ', StringComparison.Ordinal))
        {
            return new OsRelease(IdOf(space), distro, null, null, []);
        }

        distro = VersionOf(distro)!;

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

    /// <summary><c>SUSE Linux Enterprise Module for Basesystem 15 SP7</c> is of the server's release 15.7.</summary>
    private static OsRelease? SuseProduct(string distro)
    {
        const string Product = "SUSE Linux ";
        var words = distro.Split(' ');
        if (!distro.StartsWith(Product, StringComparison.OrdinalIgnoreCase) || words.Length < 4)
        {
            return null;
        }

        var pack = words[^1].StartsWith("SP", StringComparison.OrdinalIgnoreCase) ? words[^1][2..] : null;
        var release = pack is null ? words[^1] : words[^2];
        var id = distro.Contains("Micro ", StringComparison.OrdinalIgnoreCase) ? "sle-micro" : distro.Contains(" SAP ", StringComparison.OrdinalIgnoreCase) ? "sles_sap" : "sles";
        return release.Length > 0 && char.IsAsciiDigit(release[0]) ? new OsRelease(id, pack is null ? release : $"{release}.{pack}", null, null, []) : null;
    }
}
