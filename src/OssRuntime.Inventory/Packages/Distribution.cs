using OssRuntime.Model.Images;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Packages;

/// <summary>
/// What the packages of a distribution are called: the namespace and the <c>distro</c> qualifier of their purls, and the ecosystem in the
/// words of OSV. A distribution that OSV does not know keeps its own ID as the name: its packages are listed all the same.
/// </summary>
internal sealed record Distribution(string Namespace, string? Qualifier, Ecosystem Ecosystem)
{
    /// <summary>The distribution of an image whose files do not tell one.</summary>
    public static readonly Distribution Unknown = new("unknown", null, new Ecosystem("unknown"));

    /// <summary>The distribution that an os-release names.</summary>
    public static Distribution Of(OsRelease? release)
    {
        if (release is null)
        {
            return Unknown;
        }

        var version = release.VersionId ?? release.Codename;
        return new Distribution(
            NamespaceOf(release.Id),
            version is null ? release.Id : $"{release.Id}-{version}",
            EcosystemOf(release));
    }

    private static string NamespaceOf(string id) => id switch
    {
        "rhel" or "rhcos" => "redhat",
        "rocky" => "rocky",
        "ol" => "oracle",
        "amzn" => "amazon",
        _ when id.StartsWith("opensuse", StringComparison.Ordinal) => "opensuse",
        _ when id.StartsWith("sle", StringComparison.Ordinal) || id.StartsWith("sl-", StringComparison.Ordinal) || id == "suse-microos" => "suse",
        _ => id,
    };

    private static Ecosystem EcosystemOf(OsRelease release) => release.Id switch
    {
        "debian" => new Ecosystem("Debian", ReleaseCodenames.Debian(Major(release.VersionId) ?? release.Codename)),
        "ubuntu" => new Ecosystem("Ubuntu", ReleaseCodenames.Ubuntu(release.VersionId ?? release.Codename)),
        "alpine" => new Ecosystem("Alpine", AlpineBranch(release)),
        "wolfi" => new Ecosystem("Wolfi"),
        "chainguard" => new Ecosystem("Chainguard"),
        "minimos" => new Ecosystem("MinimOS"),
        "echo" => new Ecosystem("Echo"),
        "cleanstart" => new Ecosystem("CleanStart"),
        "dhi" => new Ecosystem("Docker Hardened Images", HardenedBase(release)),
        "rhel" => new Ecosystem("Red Hat", Major(release.VersionId)),

        // RHEL CoreOS numbers itself after OpenShift; what it is made of stands in its CPE name.
        "rhcos" => new Ecosystem("Red Hat", Major(release.CpeVersion)),
        "rocky" => new Ecosystem("Rocky Linux", Major(release.VersionId)),
        "almalinux" => new Ecosystem("AlmaLinux", Major(release.VersionId)),
        "mageia" => new Ecosystem("Mageia", release.VersionId),
        "openeuler" => new Ecosystem("openEuler", OpenEulerRelease(release)),
        "azurelinux" or "mariner" => new Ecosystem("Azure Linux", Major(release.VersionId)),
        "photon" => new Ecosystem("Photon OS", release.VersionId),
        "sles" or "sled" or "sl-micro" or "sle-micro" or "suse-microos" => new Ecosystem("SUSE", release.VersionId),
        "sles_sap" => new Ecosystem("SUSE", SuseProduct("Linux Enterprise Server for SAP Applications", release.VersionId)),
        "sle_hpc" or "sle-hpc" => new Ecosystem("SUSE", SuseProduct("Linux Enterprise High Performance Computing", release.VersionId)),
        "opensuse-leap" => new Ecosystem("openSUSE", release.VersionId is null ? null : $"Leap {release.VersionId}"),
        "opensuse-leap-micro" or "leap-micro" => new Ecosystem("openSUSE", release.VersionId is null ? null : $"Leap Micro {release.VersionId}"),
        "opensuse-tumbleweed" => new Ecosystem("openSUSE", "Tumbleweed"),
        _ => Derivatives.Of(release.Id, release.VersionId) ?? new Ecosystem(release.Id, release.VersionId ?? release.Codename),
    };

    private static string? Major(string? version)
    {
        var dot = version?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return dot < 0 ? version : version![..dot];
    }

    /// <summary>Docker's packages are built for a release of Debian or a branch of Alpine: <c>debian-13</c>.</summary>
    private static string? HardenedBase(OsRelease release) =>
        release.IdLike.Length > 0 && release.VersionId is { } version ? $"{release.IdLike[0]}-{version}" : null;

    /// <summary><c>24.03-LTS-SP1</c>: the service pack stands in <c>VERSION</c> and in the pretty name alone, and advisories are listed by it.</summary>
    private static string? OpenEulerRelease(OsRelease release)
    {
        if (release.VersionId is not { } version || version.Contains("LTS", StringComparison.OrdinalIgnoreCase))
        {
            return release.VersionId;
        }

        var name = release.PrettyName ?? "";
        if (!name.Contains("LTS", StringComparison.OrdinalIgnoreCase))
        {
            return version;
        }

        var pack = name.IndexOf("SP", StringComparison.Ordinal);
        return pack < 0 ? $"{version}-LTS" : $"{version}-LTS-{string.Concat(name[pack..].TakeWhile(char.IsAsciiLetterOrDigit))}";
    }

    /// <summary>15.6 is "15 SP6" of the product.</summary>
    private static string? SuseProduct(string product, string? version) =>
        version is null ? null : $"{product} {(version.Split('.') is [var major, not "0" and var pack] ? $"{major} SP{pack}" : Major(version))}";

    /// <summary>A branch is named by two numbers; what has more than numbers in it is the rolling branch.</summary>
    private static string? AlpineBranch(OsRelease release)
    {
        if (release.VersionId == "edge" || release.Codename == "edge")
        {
            return "edge";
        }

        var parts = release.VersionId?.TrimStart('v').Split('.') ?? [];
        if (parts.Length < 2)
        {
            return null;
        }

        return release.IsRolling ? "edge" : $"v{parts[0]}.{parts[1]}";
    }
}
