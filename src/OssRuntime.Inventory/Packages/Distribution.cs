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
        "rhel" => "redhat",
        "rocky" => "rocky",
        "ol" => "oracle",
        "amzn" => "amazon",
        _ when id.StartsWith("opensuse", StringComparison.Ordinal) => "opensuse",
        "sles" or "sled" or "sle_hpc" or "sl-micro" or "sle-micro" => "suse",
        _ => id,
    };

    private static Ecosystem EcosystemOf(OsRelease release) => release.Id switch
    {
        "debian" => new Ecosystem("Debian", Major(release.VersionId) ?? DebianRelease(release.Codename)),
        "ubuntu" => new Ecosystem("Ubuntu", release.VersionId),
        "alpine" => new Ecosystem("Alpine", AlpineBranch(release)),
        "wolfi" => new Ecosystem("Wolfi"),
        "chainguard" => new Ecosystem("Chainguard"),
        "rhel" => new Ecosystem("Red Hat", Major(release.VersionId)),
        "rocky" => new Ecosystem("Rocky Linux", Major(release.VersionId)),
        "almalinux" => new Ecosystem("AlmaLinux", Major(release.VersionId)),
        "mageia" => new Ecosystem("Mageia", release.VersionId),
        "openeuler" => new Ecosystem("openEuler", release.VersionId),
        "azurelinux" or "mariner" => new Ecosystem("Azure Linux", Major(release.VersionId)),
        "photon" => new Ecosystem("Photon OS", release.VersionId),
        "sles" or "sled" or "sl-micro" or "sle-micro" => new Ecosystem("SUSE", release.VersionId),
        "opensuse-leap" => new Ecosystem("openSUSE", release.VersionId is null ? null : $"Leap {release.VersionId}"),
        "opensuse-tumbleweed" => new Ecosystem("openSUSE", "Tumbleweed"),
        _ => new Ecosystem(release.Id, release.VersionId ?? release.Codename),
    };

    private static string? Major(string? version)
    {
        var dot = version?.IndexOf('.', StringComparison.Ordinal) ?? -1;
        return dot < 0 ? version : version![..dot];
    }

    /// <summary>Debian's testing has a codename and no number yet.</summary>
    private static string? DebianRelease(string? codename) => codename switch
    {
        "stretch" => "9",
        "buster" => "10",
        "bullseye" => "11",
        "bookworm" => "12",
        "trixie" => "13",
        "forky" => "14",
        _ => codename,
    };

    /// <summary>A branch is named by two numbers; what has more than numbers in it is the rolling branch.</summary>
    private static string? AlpineBranch(OsRelease release)
    {
        var parts = release.VersionId?.Split('.') ?? [];
        if (parts.Length < 2)
        {
            return null;
        }

        var isEdge = release.VersionId!.Contains('_', StringComparison.Ordinal)
            || release.PrettyName?.Contains("edge", StringComparison.Ordinal) == true;
        return isEdge ? "edge" : $"v{parts[0]}.{parts[1]}";
    }
}
