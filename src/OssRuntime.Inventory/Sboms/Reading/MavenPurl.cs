using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.Reading;

/// <summary>
/// The package URL of a library that an SBOM names by group, name and version alone, as GraalVM's native-image and older Gradle plugins do. Maven is the one ecosystem
/// whose groups are domains turned round.
/// </summary>
internal static class MavenPurl
{
    /// <summary>The package URL, or null where it is no such library.</summary>
    public static string? Of(PackageDraft draft) =>
        draft is { Kind: null or "library" or "framework", Group: { } group, Name.Length: > 0, Version.Length: > 0 } && IsDomain(group)
            && PackageUrl.TryCreate("maven", group, draft.Name, draft.Version, [], null, out var purl, out _)
                ? purl!.ToString()
                : null;

    // io.netty, org.apache.logging.log4j: at least two labels in lower case, each beginning with a letter.
    private static bool IsDomain(string group)
    {
        var labels = group.Split('.');
        return labels.Length > 1 && Array.TrueForAll(labels, label => label.Length > 0 && char.IsAsciiLetterLower(label[0]) && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'));
    }
}
