using System.Text.RegularExpressions;

namespace OssRuntime.Inventory.Extractors.Java;

/// <summary>
/// What a jar without Maven's files is: by its manifest and its name. A group that nobody states is the artifact's own name, as the oldest
/// libraries have it (<c>log4j:log4j</c>). A jar that states no version anywhere cannot be told.
/// </summary>
internal static partial class JarIdentity
{
    /// <summary>Null where no version is stated.</summary>
    public static MavenIdentity? Of(JarManifest manifest, JarName name)
    {
        var version = name.Version ?? VersionOf(manifest);
        if (version is null || name.Artifact.Length == 0)
        {
            return null;
        }

        return new MavenIdentity(KnownGroups.Of(name.Artifact) ?? GroupOf(manifest, SymbolicName(manifest), name.Artifact), name.Artifact, version);
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

    private static string GroupOf(JarManifest manifest, string? symbolic, string artifact)
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

        return artifact;
    }

    private static string? SymbolicName(JarManifest manifest)
    {
        var name = manifest["Bundle-SymbolicName"];
        var semicolon = name?.IndexOf(';', StringComparison.Ordinal) ?? -1;
        return semicolon < 0 ? name : name![..semicolon].Trim();
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)+\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex GroupPattern();

    [GeneratedRegex(@"^[0-9][0-9A-Za-z._+-]{0,99}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex VersionPattern();
}
