using System.Text.RegularExpressions;

namespace OssRuntime.Inventory.Extractors.Java;

/// <summary>
/// What a jar without Maven's files is: by its manifest and its name. A group that nobody states is the artifact's own name, as the oldest
/// libraries have it (<c>log4j:log4j</c>). A jar that states no version anywhere cannot be told.
/// </summary>
internal static partial class JarIdentity
{
    /// <summary>Null where no version is stated.</summary>
    /// <param name="manifest">The manifest of the jar.</param>
    /// <param name="name">What its file is called.</param>
    /// <param name="classes">The packages that its classes are in.</param>
    public static MavenIdentity? Of(JarManifest manifest, JarName name, ClassPackages classes)
    {
        if (manifest["Nar-Id"] is { } bundle && manifest["Nar-Group"] is { } bundleGroup && (manifest["Nar-Version"] ?? name.Version) is { } bundleVersion)
        {
            return new MavenIdentity(bundleGroup, bundle, bundleVersion);
        }

        var version = OfSameLibrary(manifest, name) ?? name.Version ?? VersionOf(manifest);
        if (version is null || name.Artifact.Length == 0)
        {
            return null;
        }

        if (name.Group is { } told)
        {
            return new MavenIdentity(told, name.Artifact, version);
        }

        if (SplitDotted(manifest, name.Artifact, classes) is { } split)
        {
            return new MavenIdentity(split.Group, split.Artifact, version);
        }

        return new MavenIdentity(GroupOf(manifest, name.Artifact, classes), name.Artifact, version);
    }

    /// <summary>
    /// The version that the manifest states of the very library that the file is named after, where the file says another: files are renamed, and whoever puts a mended
    /// library in the place of an old one may keep its name. A file's version that goes on where the manifest's ends (<c>3.2.2.redhat-1</c>) is the closer one.
    /// </summary>
    private static string? OfSameLibrary(JarManifest manifest, JarName name) =>
        name.Version is { } told && manifest["Implementation-Version"] is { } stated && manifest["Implementation-Title"] is { } title
        && PlainVersion().IsMatch(stated) && !told.StartsWith(stated, StringComparison.Ordinal)
        && Letters(title).Contains(Letters(name.Artifact), StringComparison.OrdinalIgnoreCase)
            ? stated
            : null;

    private static string Letters(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit));

    /// <summary>
    /// Quarkus puts the group before the artifact (<c>org.apache.kafka.kafka-clients-3.6.0.jar</c>). A bundle that states that very name as its own is called so.
    /// </summary>
    private static (string Group, string Artifact)? SplitDotted(JarManifest manifest, string name, ClassPackages classes)
    {
        if (!GroupPattern().IsMatch(name) || !name.Contains('.', StringComparison.Ordinal) || SymbolicName(manifest) == name || manifest["Automatic-Module-Name"] == name)
        {
            return null;
        }

        for (var dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            if (classes.KnownGroup(name[(dot + 1)..]) == name[..dot])
            {
                return (name[..dot], name[(dot + 1)..]);
            }
        }

        var last = name.LastIndexOf('.');
        var common = classes.CommonGroup();
        return name.IndexOf('.', StringComparison.Ordinal) < last || common == name[..last] ? (name[..last], name[(last + 1)..]) : null;
    }

    private static string? VersionOf(JarManifest manifest)
    {
        foreach (var attribute in (ReadOnlySpan<string>)["Implementation-Version", "Bundle-Version", "Plugin-Version", "Specification-Version"])
        {
            if (manifest[attribute] is { } version && VersionPattern().IsMatch(version))
            {
                return version;
            }
        }

        return null;
    }

    /// <summary>
    /// By what is surest: the manifest and the classes where they agree on a publisher that nobody knows, the libraries and publishers that are known, what the manifest
    /// says, the package that all classes share, the artifact's own name.
    /// </summary>
    private static string GroupOf(JarManifest manifest, string artifact, ClassPackages classes)
    {
        var (known, common) = (classes.KnownGroup(artifact), classes.CommonGroup());
        var stated = StatedGroup(manifest, SymbolicName(manifest), artifact);
        if (known is null && common is not null && stated is not null && $"{stated}.".StartsWith($"{common}.", StringComparison.Ordinal))
        {
            return common.StartsWith("org.apache.", StringComparison.Ordinal) ? common : stated;
        }

        return known ?? KnownGroups.Of(artifact) ?? (stated is not null && (common is null || !stated.StartsWith(common, StringComparison.Ordinal) || stated.Contains('.', StringComparison.Ordinal)) && IsReversed(stated) ? stated : null)
            ?? common ?? stated ?? artifact;
    }

    /// <summary>A group in Maven Central begins with a domain's last part; "spring.security" is a module's own name.</summary>
    private static bool IsReversed(string group) =>
        group.IndexOf('.', StringComparison.Ordinal) is > 0 and <= 4 and var dot && group[..dot] is "org" or "com" or "net" or "io" or "de" or "fr" or "eu" or "dev" or "edu" or "gov" or "ch" or "at" or "uk" or "nl" or "se" or "me" or "us" or "cz" or "ru" or "cn" or "jp";

    private static string? StatedGroup(JarManifest manifest, string? symbolic, string artifact)
    {
        if (manifest["Implementation-Vendor-Id"] is { } vendor && GroupPattern().IsMatch(vendor))
        {
            return vendor;
        }

        foreach (var name in (ReadOnlySpan<string?>)[symbolic, manifest["Automatic-Module-Name"], manifest["Group-Id"]])
        {
            if (name is null || !GroupPattern().IsMatch(name))
            {
                continue;
            }

            // org.apache.commons.lang3 of commons-lang3: the last word belongs to the artifact.
            var dot = name.LastIndexOf('.');
            var isShared = artifact.EndsWith(name[(dot + 1)..], StringComparison.OrdinalIgnoreCase) && name.IndexOf('.', StringComparison.Ordinal) < dot;
            return isShared ? name[..dot] : name;
        }

        return null;
    }

    private static string? SymbolicName(JarManifest manifest)
    {
        var name = manifest["Bundle-SymbolicName"];
        var semicolon = name?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        return semicolon < 0 ? name : name![..semicolon].Trim();
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex GroupPattern();

    [GeneratedRegex(@"^[0-9]{1,9}(?:\.[0-9]{1,9}){1,3}(?:[.-](?:Final|RELEASE|GA))?\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex PlainVersion();

    [GeneratedRegex(@"^[0-9][0-9A-Za-z._+-]{0,99}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex VersionPattern();
}
