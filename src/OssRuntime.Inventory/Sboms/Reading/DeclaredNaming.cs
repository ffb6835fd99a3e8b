using OssRuntime.Inventory.Packages;
using OssRuntime.Model.Images;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.Reading;

/// <summary>From the purl that an SBOM tells to the words of the Model: the name as the ecosystem writes it, the version with its epoch, the ecosystem.</summary>
internal static class DeclaredNaming
{
    /// <summary>True for a package of a distribution.</summary>
    public static bool IsOsPackage(PackageUrl purl) => purl.Type is "deb" or "apk" or "rpm" or "alpm" or "opkg";

    /// <summary>
    /// The name as its ecosystem writes it. The purl's is lowered or otherwise made canonical, so the name that the document gives is taken if it
    /// makes the same purl.
    /// </summary>
    public static string NameOf(PackageUrl purl, string? told)
    {
        if (told is not null && DraftText.IsClean(told))
        {
            if (IsOsPackage(purl))
            {
                return told.Equals(purl.Name, StringComparison.OrdinalIgnoreCase) ? told : purl.Name;
            }

            var record = new PackageRecord { Type = purl.Type, Name = told, Version = purl.Version ?? "" };
            if (PurlNaming.TryPurl(record, Distribution.Unknown, out var same, out _) && same!.Name == purl.Name && same.Namespace == purl.Namespace)
            {
                return told;
            }
        }

        return (purl.Type, purl.Namespace) switch
        {
            (_, null) or ("deb" or "apk" or "rpm" or "alpm" or "opkg" or "conan" or "cpan" or "generic" or "oci", _) => purl.Name,
            ("maven", var group) => $"{group}:{purl.Name}",
            (_, var space) => $"{space}/{purl.Name}",
        };
    }

    /// <summary>True where a component's version is another one than its package URL's; a <c>v</c>, an epoch, or a part of the other is none.</summary>
    public static bool Contradicts(PackageUrl purl, string? told)
    {
        if (told is not { Length: > 0 } || purl.Version is not { Length: > 0 } version)
        {
            return false;
        }

        var (left, right) = (Bare(told), Bare(version));
        return !left.Contains(right, StringComparison.OrdinalIgnoreCase) && !right.Contains(left, StringComparison.OrdinalIgnoreCase);

        static string Bare(string text) => text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..].TrimStart('v');
    }

    /// <summary>
    /// The version as its package manager writes it, or null. Purls keep the epoch of an rpm in a qualifier, and some tools do so for Debian's.
    /// </summary>
    public static string? VersionOf(PackageUrl purl, string? told)
    {
        var version = string.IsNullOrEmpty(told) ? purl.Version : told;
        return version is not null && purl.Qualifier("epoch") is { } epoch and not "0" && IsOsPackage(purl) && !version.Contains(':', StringComparison.Ordinal)
            ? $"{epoch}:{version}"
            : version;
    }

    /// <summary>The ecosystem; a distribution's is that of the document where both speak of the same one, else what the purl itself tells.</summary>
    public static Ecosystem EcosystemOf(PackageUrl purl, OsRelease? document)
    {
        var distribution = Distribution.Unknown;
        if (IsOsPackage(purl))
        {
            var (told, own) = (Distribution.Of(document), Distribution.Of(ReleaseOf(purl)));
            distribution = document is not null && told.Namespace == own.Namespace ? told : own;
        }

        return PurlNaming.EcosystemOf(new PackageRecord { Type = purl.Type, Name = purl.Name, Version = "" }, distribution);
    }

    /// <summary>
    /// The source package: as told, or as Syft's <c>upstream</c> qualifier has it (<c>openssl</c>, <c>openssl@3.0.11-1</c>,
    /// <c>openssl-3.0.7-1.el9.src.rpm</c>).
    /// </summary>
    public static SourcePackage? SourceOf(PackageUrl purl, PackageDraft draft, string version)
    {
        if (!IsOsPackage(purl))
        {
            return null;
        }

        if (draft.SourceName is { Length: > 0 } name && DraftText.IsClean(name))
        {
            var told = draft.SourceVersion is not { Length: > 0 } number
                ? version
                : $"{(draft.SourceEpoch is { Length: > 0 } and not "0" ? $"{draft.SourceEpoch}:" : "")}{number}{(draft.SourceRelease is { Length: > 0 } release ? $"-{release}" : "")}";
            return DraftText.IsClean(told) ? new SourcePackage(name, told) : null;
        }

        if (purl.Qualifier("upstream") is not { } upstream || !DraftText.IsClean(upstream))
        {
            return null;
        }

        if (upstream.EndsWith(".src.rpm", StringComparison.Ordinal))
        {
            var parts = upstream[..^".src.rpm".Length].Split('-');
            return parts.Length < 3 ? null : new SourcePackage(string.Join('-', parts[..^2]), $"{parts[^2]}-{parts[^1]}");
        }

        var at = upstream.LastIndexOf('@');
        return at > 0 ? new SourcePackage(upstream[..at], upstream[(at + 1)..]) : new SourcePackage(upstream, version);
    }

    /// <summary>True for an OS package that another publisher than the distribution built, as far as the supplier and the version tell.</summary>
    public static bool IsThirdParty(Component component, OsRelease? release) =>
        component.Type == ComponentType.OsPackage
        && new DistributionPublishers(release ?? ReleaseOf(component.Purl), tellsVendors: false).IsOther(
            new PackageRecord { Type = component.Purl.Type, Name = component.Name, Version = component.Version, Vendor = component.Supplier }, hasCopyright: null);

    /// <summary>What it is to the image, where the document does not use our own word for it.</summary>
    public static ComponentType TypeOf(PackageUrl purl, string? kind) => kind switch
    {
        _ when IsOsPackage(purl) => ComponentType.OsPackage,
        "application" when purl.Type is "generic" or "bitnami" or "github" or "golang" => ComponentType.Application,
        "platform" => ComponentType.Runtime,
        _ => ComponentType.Library,
    };

    private static OsRelease? ReleaseOf(PackageUrl purl) =>
        DistroNames.Of(purl) ?? (purl.Namespace is { } space ? new OsRelease(DistroNames.IdOf(space), null, null, null, []) : null);
}
