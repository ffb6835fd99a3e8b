using OssRuntime.Advisories.Identifiers;
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
    /// <summary>The packages, with one left of those that differ in the module's build alone.</summary>
    public static IEnumerable<AffectedPackage> LowestOfEachBuild(IReadOnlyList<AffectedPackage> packages)
    {
        if (!packages.Any(package => Fix(package)?.Contains(RpmModules.BuildMark, StringComparison.Ordinal) == true))
        {
            return packages;
        }

        var lowest = new Dictionary<(string, string, string), AffectedPackage>();
        var result = new List<AffectedPackage>(packages.Count);
        foreach (var package in packages)
        {
            var fix = Fix(package);
            var marker = fix?.IndexOf(RpmModules.BuildMark, StringComparison.Ordinal) ?? -1;
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

    /// <summary>
    /// The statements, those on builds of a module also in each of the streams that the erratum's line names: a package that says of which stream it is
    /// is asked for there. For one that does not, the line of versions that the stream is named after begins the range, so that <c>nodejs:20</c> says
    /// nothing about 18.
    /// </summary>
    public static IEnumerable<AffectedPackage> InStreams(IEnumerable<AffectedPackage> packages, string line)
    {
        IReadOnlyList<string>? streams = null;
        foreach (var package in packages)
        {
            var fix = Fix(package);
            if (package.Ecosystem.Name is not ("AlmaLinux" or "Rocky Linux") || fix?.Contains(RpmModules.BuildMark, StringComparison.Ordinal) != true)
            {
                yield return package;
                continue;
            }

            streams ??= RpmModules.Named(line);
            foreach (var stream in streams)
            {
                yield return package with { Name = RpmModules.Name(stream, package.Name) };
            }

            var inAny = streams.Select(stream => Begin(stream, fix)).FirstOrDefault(begin => begin is not null) is { } first
                ? package with { Ranges = [new AffectedRange(RangeType.Ecosystem, [new RangeEvent(RangeEventType.Introduced, first), new RangeEvent(RangeEventType.Fixed, fix)])] }
                : package;
            if (package.Ecosystem.Name == "AlmaLinux")
            {
                yield return inAny;
                continue;
            }

            // Rocky's errata have builds of modules beside others of the same name, which have nothing to do with each other.
            yield return inAny with { Name = RpmModules.Name(RpmModules.AnyStream, package.Name) };
            if (streams.Count == 0)
            {
                yield return package with { Name = RpmModules.Name(RpmModules.UntoldStream, package.Name) };
            }
        }
    }

    /// <summary>The version that a stream's line begins with, in the epoch of the fix; null where the fix is of no such line.</summary>
    private static string? Begin(string stream, string fix)
    {
        var number = stream[(stream.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var colon = fix.IndexOf(':', StringComparison.Ordinal);
        var version = fix[(colon + 1)..];
        return char.IsAsciiDigit(number[0]) && version.StartsWith(number, StringComparison.Ordinal) && version.Length > number.Length && !char.IsAsciiDigit(version[number.Length])
            ? fix[..(colon + 1)] + number
            : null;
    }

    /// <summary>The fix of a statement that is nothing but "before this version".</summary>
    private static string? Fix(AffectedPackage package) =>
        package is { Ranges: [{ Events: [{ Type: RangeEventType.Introduced, Version: "0" }, { Type: RangeEventType.Fixed } end] }], Versions.IsEmpty: true }
            ? end.Version
            : null;
}
