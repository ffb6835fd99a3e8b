using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Packages;

/// <summary>The purl and the ecosystem of a package record (purl specification, "PURL types").</summary>
internal static class PurlNaming
{
    /// <summary>The purl; false, with the reason, where the record's name makes none.</summary>
    public static bool TryPurl(PackageRecord package, Distribution distribution, out PackageUrl? purl, out string? error)
    {
        var (space, name) = package.Type switch
        {
            "deb" or "apk" or "rpm" or "alpm" or "opkg" => (distribution.Namespace, package.Name),
            "npm" or "composer" or "cpan" or "golang" or "swift" or "pear" => SplitAt(package.Name, package.Name.LastIndexOf('/')),
            "maven" => SplitAt(package.Name, package.Name.IndexOf(':', StringComparison.Ordinal)),
            _ => (null, package.Name),
        };

        // CPAN's purls need the author, whom not every record knows.
        // An rpm's epoch is a qualifier and not in the version (purl specification, rpm).
        var version = package.Version;
        var epoch = package.Type == "rpm" ? version.IndexOf(':', StringComparison.Ordinal) : -1;
        var type = package.Type == "cpan" && space is null ? "generic" : package.Type;
        (string, string)[] qualifiers = package.Type is "deb" or "apk" or "rpm" or "alpm" or "opkg"
            ?
            [
                ("arch", package.Architecture ?? ""),
                ("distro", distribution.Qualifier ?? ""),
                ("epoch", epoch < 0 ? "" : version[..epoch]),
                ("rpmmod", package.Module ?? ""),
            ]
            : package.Uuid is { } uuid ? [("uuid", uuid)] : [];
        return PackageUrl.TryCreate(type, type == package.Type ? space : package.Type, name, version[(epoch + 1)..], qualifiers, null, out purl, out error);
    }

    /// <summary>The ecosystem.</summary>
    public static Ecosystem EcosystemOf(PackageRecord package, Distribution distribution) => package.Type switch
    {
        "deb" or "apk" or "rpm" or "alpm" or "opkg" => distribution.Ecosystem,
        "npm" => new Ecosystem("npm"),
        "pypi" => new Ecosystem("PyPI"),
        "maven" => new Ecosystem("Maven"),
        "golang" => new Ecosystem("Go"),
        "nuget" => new Ecosystem("NuGet"),
        "gem" => new Ecosystem("RubyGems"),
        "cargo" => new Ecosystem("crates.io"),
        "composer" => new Ecosystem("Packagist"),
        "cran" => new Ecosystem("CRAN"),
        "hex" => new Ecosystem("Hex"),
        "pub" => new Ecosystem("Pub"),
        "hackage" => new Ecosystem("Hackage"),
        "conan" => new Ecosystem("ConanCenter"),
        "swift" => new Ecosystem("SwiftURL"),
        "cpan" => new Ecosystem("CPAN"),
        "julia" => new Ecosystem("Julia"),
        _ => new Ecosystem(package.Type),
    };

    private static (string? Space, string Name) SplitAt(string name, int separator) =>
        separator < 1 ? (null, name) : (name[..separator], name[(separator + 1)..]);
}
