using OssRuntime.Inventory.Licenses;
using OssRuntime.Inventory.Sboms.Writing;
using OssRuntime.Model.Images;
using OssRuntime.Model.Packages;

namespace OssRuntime.Inventory.Sboms.Spdx;

/// <summary>The properties of a component that SPDX, in either version, has no field for.</summary>
internal static class SpdxProperties
{
    public static IEnumerable<(string Name, string Value)> Of(Component component, OsRelease? release, string purpose, DeclaredLicense license)
    {
        if (component.Location.Path.Length > 0)
        {
            yield return ("ossruntime:path", component.Location.Path);
        }

        foreach (var property in WrittenProperties.Of(component, release, purpose.ToLowerInvariant()))
        {
            yield return property;
        }

        if (component.Supplier is { } supplier)
        {
            yield return ("ossruntime:supplier", supplier);
        }

        if (component.Origin is { } origin && !WrittenProperties.IsUrl(origin))
        {
            yield return ("ossruntime:origin", origin);
        }

        if (!license.IsWhole)
        {
            foreach (var one in component.Licenses)
            {
                yield return ("ossruntime:license", one);
            }
        }
    }
}
