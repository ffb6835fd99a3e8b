using System.Text.RegularExpressions;
using OssRuntime.Model.Images;

namespace OssRuntime.Inventory.Extractors.OsReleases;

/// <summary>What distributions wrote before os-release was agreed on, one line in a file of their own.</summary>
internal static partial class LegacyRelease
{
    /// <summary><c>3.20.1</c></summary>
    public static OsRelease? Alpine(string line) =>
        VersionPattern().IsMatch(line) ? new OsRelease("alpine", line, null, $"Alpine Linux {line}", []) : null;

    /// <summary><c>12.5</c>, or <c>trixie/sid</c> before a release.</summary>
    public static OsRelease? Debian(string line)
    {
        if (VersionPattern().IsMatch(line))
        {
            var dot = line.IndexOf('.', StringComparison.Ordinal);
            return new OsRelease("debian", dot < 0 ? line : line[..dot], null, $"Debian GNU/Linux {line}", []);
        }

        var codename = CodenamePattern().Match(line);
        return codename.Success ? new OsRelease("debian", null, codename.Groups["name"].Value, $"Debian GNU/Linux {line}", []) : null;
    }

    /// <summary><c>CentOS Linux release 7.9.2009 (Core)</c></summary>
    public static OsRelease? RedHat(string line)
    {
        var match = RedHatPattern().Match(line);
        if (!match.Success)
        {
            return null;
        }

        var name = match.Groups["name"].Value;
        var id = name switch
        {
            _ when name.StartsWith("Red Hat", StringComparison.Ordinal) => "rhel",
            _ when name.StartsWith("CentOS", StringComparison.Ordinal) => "centos",
            _ when name.StartsWith("Rocky", StringComparison.Ordinal) => "rocky",
            _ when name.StartsWith("AlmaLinux", StringComparison.Ordinal) => "almalinux",
            _ when name.StartsWith("Fedora", StringComparison.Ordinal) => "fedora",
            _ when name.StartsWith("Oracle", StringComparison.Ordinal) => "ol",
            _ => name.Split(' ')[0].ToLowerInvariant(),
        };
        return new OsRelease(id, match.Groups["version"].Value, null, line, ["rhel"]);
    }

    [GeneratedRegex(@"^[0-9]{1,4}(?:\.[0-9a-z_]{1,20}){0,4}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"^(?<name>[a-z]{2,20})(?:/sid)?\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex CodenamePattern();

    [GeneratedRegex(@"^(?<name>[A-Za-z ]{2,60}?) (?:release|Release) (?<version>[0-9]{1,4}(?:\.[0-9]{1,6}){0,3})", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex RedHatPattern();
}
