using OssRuntime.Model.Advisories;
using OssRuntime.Model.Versions;

namespace OssRuntime.Advisories.Database.Building;

/// <summary>
/// Packages of RPM modules are built once for each minor release, and an erratum lists all those builds:
/// <c>1.0.5-18.module_el8.5.0+2632</c> beside <c>1.0.5-18.module_el8.6.0+2867</c>. They are the same fix, so the lowest of them is where the fix
/// begins; taken one by one, whoever runs the older build would be called vulnerable to what is fixed in it.
/// </summary>
internal static class ModularErrata
{
    private const string Marker = ".module";

    /// <summary>The packages, with one left of those that differ in the module's build alone.</summary>
    public static IEnumerable<AffectedPackage> LowestOfEachBuild(IReadOnlyList<AffectedPackage> packages)
    {
        if (!packages.Any(package => Fix(package)?.Contains(Marker, StringComparison.Ordinal) == true))
        {
            return packages;
        }

        var lowest = new Dictionary<(string, string, string), AffectedPackage>();
        var result = new List<AffectedPackage>(packages.Count);
        foreach (var package in packages)
        {
            var fix = Fix(package);
            var marker = fix?.IndexOf(Marker, StringComparison.Ordinal) ?? -1;
            if (marker < 0)
            {
                result.Add(package);
                continue;
            }

            var key = (package.Ecosystem.ToString(), package.Name, fix![..marker]);
            if (!lowest.TryGetValue(key, out var other) || VersionOrders.For(package.Ecosystem)?.Compare(fix, Fix(other)) < 0)
            {
                lowest[key] = package;
            }
        }

        result.AddRange(lowest.Values);
        return result;
    }

    /// <summary>The fix of a statement that is nothing but "before this version".</summary>
    private static string? Fix(AffectedPackage package) =>
        package is { Ranges: [{ Events: [{ Type: RangeEventType.Introduced, Version: "0" }, { Type: RangeEventType.Fixed } end] }], Versions.IsEmpty: true }
            ? end.Version
            : null;
}
