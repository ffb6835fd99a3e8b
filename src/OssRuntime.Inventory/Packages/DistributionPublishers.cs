using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Packages;

/// <summary>
/// Who built an OS package: the distribution, or somebody else for it. A distribution answers for its own packages and for what is in them; of those of other
/// publishers it knows nothing.
/// <list type="bullet">
/// <item>rpm names a vendor in each package. One that is not the distribution's is somebody else, and so is a package without one where the others have it.</item>
/// <item>dpkg names a maintainer, who may write from an address of his own. Somebody else is who is known as a publisher, who marks the version (<c>nodesource</c>,
/// <c>pgdg</c>, <c>ppa</c>), and whose package has fields that only tools besides Debian's write (<c>Vendor</c>, <c>License</c>, a section <c>default</c>), or no section at
/// all, or neither a Debian revision nor the copyright file that Debian's policy demands (12.5), while its maintainer is unknown to the distribution.</item>
/// <item>apk names a maintainer in the same way, and a release (<c>-r0</c>) in every version that Alpine's tools build.</item>
/// </list>
/// </summary>
/// <param name="release">The distribution, or null.</param>
/// <param name="tellsVendors">True where other packages of the image name the distribution as their vendor.</param>
internal sealed class DistributionPublishers(OsRelease? release, bool tellsVendors)
{
    private static readonly string[] SuseWords = ["SUSE", "openSUSE"];
    private static readonly string[] DebianDomains = ["debian.org", "debian.net", "ubuntu.com", "canonical.com", "alpinelinux.org", "kali.org", "raspbian.org", "raspberrypi.com", "devuan.org", "linuxmint.com"];

    /// <summary>What a distribution's vendor has in its name; null for one that is not known.</summary>
    private readonly string[]? _own = OwnWords(release);

    /// <summary>True where the vendor of an rpm is the distribution.</summary>
    public static bool IsOwnVendor(OsRelease? release, string vendor) =>
        OwnWords(release) is { } words && Array.Exists(words, word => vendor.StartsWith(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>True for a package that somebody else built.</summary>
    /// <param name="package">The package.</param>
    /// <param name="hasCopyright">Whether the list of its files has a copyright file; null where there is no list.</param>
    public bool IsOther(PackageRecord package, bool? hasCopyright) => package.Type switch
    {
        "rpm" => _own is not null && (package.Vendor is { } vendor && !IsNobody(vendor) ? !IsOwnVendor(release, vendor) : tellsVendors),
        "deb" => IsOtherDebian(package, hasCopyright),
        "apk" => (package.Vendor is { } maintainer && KnownPublishers.OfAddress(maintainer) is not null)
            || KnownPublishers.OfVersion(package.Version) is not null
            || (release?.Id == "alpine" && !package.Version.Contains("-r", StringComparison.Ordinal) && !package.Name.StartsWith('.')),
        _ => false,
    };

    /// <summary>What tools write where nobody told them a vendor.</summary>
    private static bool IsNobody(string vendor) => vendor.Trim('(', ')', ' ').ToLowerInvariant() is "" or "none" or "vendor" or "unknown" or "n/a" or "localhost";

    private static bool IsOtherDebian(PackageRecord package, bool? hasCopyright)
    {
        var maintainer = package.Vendor ?? "";
        if (IsOfDistribution(maintainer))
        {
            return false;
        }

        return package.IsForeignBuild
            || KnownPublishers.OfVersion(package.Version) is not null
            || KnownPublishers.OfAddress(maintainer) is not null
            || (maintainer.Length > 0 && hasCopyright == false && package.Source?.Name == package.Name && !package.Version.Contains('-', StringComparison.Ordinal));
    }

    private static bool IsOfDistribution(string maintainer)
    {
        var domain = maintainer[(maintainer.LastIndexOf('@') + 1)..].TrimEnd('>', ' ').ToLowerInvariant();
        return Array.Exists(DebianDomains, own => domain == own || domain.EndsWith($".{own}", StringComparison.Ordinal));
    }

    /// <summary>As the packages of the distributions name their vendor (<c>rpm -q --qf '%{VENDOR}'</c>).</summary>
    private static string[]? OwnWords(OsRelease? release) => release?.Id switch
    {
        "rhel" or "rhcos" => ["Red Hat"],
        "centos" => ["CentOS", "Red Hat"],
        "fedora" => ["Fedora Project"],
        "rocky" => ["Rocky"],
        "almalinux" => ["AlmaLinux"],
        "ol" => ["Oracle America"],
        "amzn" => ["Amazon Linux", "Amazon.com"],
        "azurelinux" or "mariner" => ["Microsoft Corporation"],
        "photon" => ["VMware", "Broadcom"],
        "mageia" => ["Mageia"],
        "openeuler" => ["openEuler", "http://openeuler", "https://openeuler", "http://www.openeuler", "https://www.openeuler"],
        "anolis" or "alinux" => ["Anolis", "Alibaba"],
        "tencentos" or "opencloudos" => ["Tencent", "OpenCloudOS"],
        "eurolinux" => ["EuroLinux"],
        "virtuozzo" or "cloudlinux" => ["CloudLinux", "Virtuozzo"],
        { } id when id.StartsWith("sle", StringComparison.Ordinal) || id.StartsWith("sl-", StringComparison.Ordinal) || id.StartsWith("opensuse", StringComparison.Ordinal) => SuseWords,
        _ => null,
    };
}
