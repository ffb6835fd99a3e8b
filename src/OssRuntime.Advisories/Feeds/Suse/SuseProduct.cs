using OssRuntime.Advisories.Feeds.Csaf;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Feeds.Suse;

/// <summary>What SUSE's product names stand for.</summary>
internal static class SuseProduct
{
    private const string Vendor = "SUSE ";
    private const string Community = "openSUSE ";

    private static readonly string[] Architectures =
        ["x86_64", "aarch64", "ppc64le", "s390x", "noarch", "i586", "i686", "ia64", "ppc64", "ppc", "s390", "src", "nosrc", "armv7l", "armv7hl", "armv6hl", "aarch64_ilp32", "riscv64"];

    /// <summary>The distribution and release of a product such as <c>SUSE Linux Enterprise Module for Basesystem 15 SP6</c>; null for another product.</summary>
    public static Ecosystem? Ecosystem(string product)
    {
        if (product.StartsWith(Community, StringComparison.Ordinal))
        {
            var release = product[Community.Length..];
            return release == "Tumbleweed" || (release.StartsWith("Leap ", StringComparison.Ordinal) && SuseReleases.IsNumber(release[5..])) ? new Ecosystem("openSUSE", release) : null;
        }

        return product.StartsWith(Vendor, StringComparison.Ordinal) && SuseReleases.Number(product[Vendor.Length..].ToLowerInvariant()) is { } number ? new Ecosystem("SUSE", number) : null;
    }

    /// <summary>
    /// The package and its version: by its purl, else by its name, which is <c>bind-libs-9.9.4P2-0.6.1.x86_64</c> with a version and <c>bind-libs</c> without.
    /// </summary>
    public static (string Name, string? Version)? Package(CsafProduct product)
    {
        if (product.Purl is { } text && PackageUrl.TryParse(text, out var purl, out _) && purl is { Type: "rpm" })
        {
            return (purl.Name, string.IsNullOrEmpty(purl.Version) ? null : RpmVersion(purl));
        }

        var name = product.Name ?? product.Id;
        var dot = name.LastIndexOf('.');
        name = dot > 0 && Architectures.Contains(name[(dot + 1)..]) ? name[..dot] : name;
        var release = name.LastIndexOf('-');
        var version = release > 0 ? name.LastIndexOf('-', release - 1) : -1;
        return name.Length == 0 ? null
            : version > 0 && version + 1 < release && char.IsAsciiDigit(name[version + 1]) && release + 1 < name.Length && char.IsAsciiDigit(name[release + 1]) ? (name[..version], name[(version + 1)..])
            : (name, null);
    }

    private static string RpmVersion(PackageUrl purl) =>
        purl.Qualifiers.FirstOrDefault(qualifier => qualifier.Key == "epoch").Value is { Length: > 0 } epoch && epoch != "0" ? $"{epoch}:{purl.Version}" : purl.Version!;
}
