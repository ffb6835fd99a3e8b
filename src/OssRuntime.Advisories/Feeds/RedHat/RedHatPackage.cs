using OssRuntime.Advisories.Feeds.Csaf;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Feeds.RedHat;

/// <summary>A package of Red Hat Enterprise Linux in a CSAF document.</summary>
/// <param name="Ecosystem">The ecosystem with the release as CPEs name it: <c>Red Hat:enterprise_linux:9</c>.</param>
/// <param name="Name">Its name, with <c>module:stream/</c> before it for a package of a module.</param>
/// <param name="Version">Epoch, version and release, or null where no version is named.</param>
/// <param name="Source">True for a source package.</param>
internal sealed record RedHatPackage(string Ecosystem, string Name, string? Version, bool Source)
{
    private const string Vendor = ":redhat:";

    /// <summary>The package that a product is; null for another product, or none.</summary>
    public static RedHatPackage? Of(CsafPart? part) =>
        part is { Component: var component, Platform.Cpe: { } cpe } && Release(cpe) is { } ecosystem
            ? component.Purl is { } purl ? FromPurl(purl, part, ecosystem) : FromName(component.Name ?? component.Id, ecosystem)
            : null;

    /// <summary>The name under which a flaw without a fix is kept.</summary>
    public static string SourceName(RedHatPackage package) => RpmModules.Source(package.Name);

    private static RedHatPackage? FromPurl(string text, CsafPart part, string ecosystem)
    {
        if (!PackageUrl.TryParse(text, out var purl, out _) || purl is not { Type: "rpm" })
        {
            return null;
        }

        string? Qualifier(string key) => purl.Qualifiers.FirstOrDefault(qualifier => qualifier.Key == key).Value;
        var version = purl.Version is null ? null : Qualifier("epoch") is { } epoch ? $"{epoch}:{purl.Version}" : purl.Version;
        var module = RpmModules.Stream(Qualifier("rpmmod") ?? part.Between.FirstOrDefault(middle => middle.Purl?.StartsWith("pkg:rpmmod/", StringComparison.Ordinal) == true)?.Id);
        return new RedHatPackage(ecosystem, RpmModules.Name(module, purl.Name), version, Qualifier("arch") == "src");
    }

    /// <summary><c>kernel</c>, or <c>log4j:2/log4j</c> for a package of a module. Other names with a slash are container images or Maven's.</summary>
    private static RedHatPackage? FromName(string name, string ecosystem)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var module = slash < 0 ? null : RpmModules.Stream(name[..slash]);
        return slash >= 0 && module is null ? null : new RedHatPackage(ecosystem, RpmModules.Name(module, name[(slash + 1)..]), Version: null, Source: true);
    }

    /// <summary>The release, without the repository, of a CPE such as <c>cpe:/a:redhat:enterprise_linux:9::appstream</c>; null for another product.</summary>
    private static string? Release(string cpe)
    {
        var at = cpe.IndexOf(Vendor, StringComparison.Ordinal);
        var product = at < 0 ? "" : cpe[(at + Vendor.Length)..];
        var repository = product.IndexOf("::", StringComparison.Ordinal);
        var release = repository < 0 ? product : product[..repository];
        return release.StartsWith("enterprise_linux:", StringComparison.Ordinal) || release.StartsWith("rhel_", StringComparison.Ordinal) ? $"Red Hat:{release}" : null;
    }
}
