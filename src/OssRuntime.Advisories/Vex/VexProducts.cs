using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Images;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Vex;

/// <summary>Whether a product of a statement is a component of an image.</summary>
internal static class VexProducts
{
    /// <summary>Qualifiers that say where a package came from or how it was found, and not which one it is.</summary>
    private static readonly string[] Unheeded = ["repository_url", "download_url", "vcs_url", "file_name", "checksum", "distro", "tag", "type", "classifier"];

    /// <summary>True where a statement on a product speaks of a component.</summary>
    public static bool Covers(VexProduct product, Component component, VexSubject subject)
    {
        if (product.PlatformCpe is { } cpe && !IsPlatform(cpe, subject.Inventory.OsRelease))
        {
            return false;
        }

        if (product.Subcomponents.IsEmpty)
        {
            return product.Purl is { } itself
                && (Matches(itself, component.Purl) || IsSource(itself, component) || subject.IsImage(itself) || IsLinkedInto(itself, component, subject));
        }

        return product.Subcomponents.Any(part => Matches(part, component.Purl) || IsSource(part, component))
            && product.Purl is { } whole && (subject.IsImage(whole) || IsAround(whole, component, subject));
    }

    /// <summary>
    /// True where a package URL of a statement, which may leave out version and qualifiers, names a component. Go and others write versions with and
    /// without a "v".
    /// </summary>
    public static bool Matches(PackageUrl wanted, PackageUrl component)
    {
        if (wanted.Type != component.Type || !(wanted.Name == component.Name || (IsStandardLibrary(wanted) && IsStandardLibrary(component))) || wanted.Namespace != component.Namespace)
        {
            return false;
        }

        if (wanted.Version is { } version && version.TrimStart('v') != component.Version?.TrimStart('v'))
        {
            return false;
        }

        foreach (var (key, value) in wanted.Qualifiers)
        {
            if (!Unheeded.Contains(key) && component.Qualifier(key) is { } other && other != value)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The standard library of Go: Go's own tools call it std, its vulnerability database stdlib.</summary>
    private static bool IsStandardLibrary(PackageUrl purl) => purl is { Type: "golang", Namespace: null, Name: "std" or "stdlib" };

    /// <summary>True where a statement names the source package that a package of a distribution was built of (<c>arch=source</c>, or the source's name).</summary>
    private static bool IsSource(PackageUrl wanted, Component component)
    {
        if (component.Source is not { } source || wanted.Type != component.Purl.Type || wanted.Namespace != component.Purl.Namespace || !wanted.Name.Equals(source.Name, StringComparison.OrdinalIgnoreCase)
            || (wanted.Qualifier("arch") is { } arch && arch is not ("source" or "src")))
        {
            return false;
        }

        return wanted.Version is not { } version || version == source.Version || source.Version.EndsWith($":{version}", StringComparison.Ordinal);
    }

    /// <summary>
    /// True where a statement on a program as a whole speaks of what is linked into it: a library without a file of its own, found in the very file that the program is.
    /// </summary>
    private static bool IsLinkedInto(PackageUrl program, Component part, VexSubject subject) =>
        part.Type != ComponentType.OsPackage && !Matches(program, part.Purl)
        && subject.Inventory.Components.Any(candidate =>
            candidate.Type == ComponentType.Application && Matches(program, candidate.Purl)
            && candidate.Location.Layer == part.Location.Layer && candidate.Location.Path == part.Location.Path);

    /// <summary>True where the whole is a component of the image that the part lies in: a program that was built with a library, an archive around another.</summary>
    private static bool IsAround(PackageUrl whole, Component part, VexSubject subject) =>
        subject.Inventory.Components.Any(candidate =>
            Matches(whole, candidate.Purl)
            && candidate.Location.Layer == part.Location.Layer
            && (candidate.Location.Path == part.Location.Path || part.Location.Path.StartsWith(candidate.Location.Path + "!", StringComparison.Ordinal)
                || part.Location.Path.StartsWith(candidate.Location.Path + "/", StringComparison.Ordinal)));

    /// <summary>
    /// True where a CPE names the image's distribution. A distribution's CPE says its major release; repositories and minor releases that a
    /// statement's CPE adds are not known of an image.
    /// </summary>
    private static bool IsPlatform(string cpe, OsRelease? release)
    {
        if (release?.CpeName is not { } own || LifecycleKeys.OfCpe(cpe) is not { } wanted || LifecycleKeys.OfCpe(own) is not { } known)
        {
            return false;
        }

        // The part, application or system, differs between repositories of one distribution.
        return wanted[(wanted.IndexOf(':', 4) + 1)..] == known[(known.IndexOf(':', 4) + 1)..] && Major(cpe) == Major(own);
    }

    private static string? Major(string cpe)
    {
        var parts = cpe.Replace("cpe:2.3:", "cpe:/", StringComparison.Ordinal).Split(':');
        return parts.Length > 4 ? parts[4].Split('.')[0] : null;
    }
}
