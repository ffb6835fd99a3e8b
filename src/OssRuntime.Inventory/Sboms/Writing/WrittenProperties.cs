using System.Globalization;
using OssRuntime.Inventory.Sboms.Reading;
using OssRuntime.Model.Images;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.Writing;

/// <summary>The named properties that carry what a format has no field for; <see cref="DraftProperties"/> reads them.</summary>
internal static class WrittenProperties
{
    /// <summary>The properties of a component.</summary>
    /// <param name="component">The component.</param>
    /// <param name="release">The distribution that the document names.</param>
    /// <param name="kind">What the format calls the component's kind, if it is read back as that.</param>
    public static IEnumerable<(string Name, string Value)> Of(Component component, OsRelease? release, string? kind)
    {
        if (component.Location.Layer is { } layer)
        {
            yield return ("ossruntime:layer", layer.Value);
        }

        if (component.Type != DeclaredNaming.TypeOf(component.Purl, kind))
        {
            yield return ("ossruntime:type", component.Type.ToString());
        }

        if (component.Ecosystem != DeclaredNaming.EcosystemOf(component.Purl, release))
        {
            yield return ("ossruntime:ecosystem", component.Ecosystem.ToString());
        }

        if (component.Source is { } source)
        {
            yield return ("ossruntime:source:name", source.Name);
            yield return ("ossruntime:source:version", source.Version);
        }

        if (component.IsThirdParty)
        {
            yield return ("ossruntime:thirdParty", "true");
        }

        if (component.OwnedBy is { } owner)
        {
            yield return ("ossruntime:ownedBy", owner);
        }
    }

    /// <summary>The properties of the distribution.</summary>
    public static IEnumerable<(string Name, string Value)> Of(OsRelease release)
    {
        if (release.Codename is { } codename)
        {
            yield return ("ossruntime:os:codename", codename);
        }

        if (release.PrettyName is { } name)
        {
            yield return ("ossruntime:os:prettyName", name);
        }

        if (release.CpeName is { } cpe)
        {
            yield return ("ossruntime:os:cpe", cpe);
        }

        foreach (var like in release.IdLike)
        {
            yield return ("ossruntime:os:like", like);
        }
    }

    /// <summary>How much was checked, and by what.</summary>
    public static IEnumerable<(string Name, string Value)> Of(SbomFindings found)
    {
        yield return ("ossruntime:database", found.Database);
        yield return ("ossruntime:checked:state", found.Checked.State.ToString());
        yield return ("ossruntime:checked", found.Checked.Sentence);
        foreach (var group in found.Checked.Unchecked)
        {
            yield return ("ossruntime:unchecked", group.ToString());
        }

        if (found.Hidden > 0)
        {
            yield return ("ossruntime:hidden", found.Hidden.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>True where an origin can stand where a format wants a URL.</summary>
    public static bool IsUrl(string? origin) =>
        origin is not null && !origin.Any(c => c is <= ' ' or > '~' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}')
        && Uri.TryCreate(origin, UriKind.Absolute, out var url) && Uri.IsWellFormedUriString(origin, UriKind.Absolute) && url.Scheme.Length > 1;
}
