using OssRuntime.Inventory.Sboms.Reading;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.Comparing;

/// <summary>
/// What a package is called whoever names it: tools differ in case, in the namespace that they give a distribution, in qualifiers, epochs and the
/// <c>v</c> of Go. Two that are the same here are the same package.
/// </summary>
internal readonly record struct PackageKey(string Type, string Name)
{
    public static PackageKey Of(PackageUrl purl)
    {
        var name = purl.Namespace is null || DeclaredNaming.IsOsPackage(purl) ? purl.Name : $"{purl.Namespace}/{purl.Name}";
        return new PackageKey(purl.Type, name.ToLowerInvariant());
    }

    /// <summary>The version without what tools write or leave away at will.</summary>
    public static string VersionOf(Component component)
    {
        var version = component.Version;
        if (DeclaredNaming.IsOsPackage(component.Purl))
        {
            var colon = version.IndexOf(':', StringComparison.Ordinal);
            return colon > 0 && version.AsSpan(0, colon).ContainsAnyExceptInRange('0', '9') is false ? version[(colon + 1)..] : version;
        }

        return component.Purl.Type == "golang" && version.Length > 1 && version[0] == 'v' ? version[1..] : version;
    }
}
