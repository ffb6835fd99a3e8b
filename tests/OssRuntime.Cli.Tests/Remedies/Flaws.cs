using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;

namespace OssRuntime.Cli.Tests.Remedies;

/// <summary>Findings for tests.</summary>
internal static class Flaws
{
    public static Finding Of(string package, string id, string? fix, Severity severity = Severity.High, string path = "app/package.json", string version = "1.0.0", string ecosystem = "npm") => new()
    {
        Id = id,
        Component = Component(package, version, ecosystem, path),
        Severity = severity,
        FixedIn = fix,
        Sources = [],
    };

    public static Component Component(string package, string version, string ecosystem, string path, SourcePackage? source = null) => new()
    {
        Purl = PackageUrl.Parse($"pkg:generic/{Uri.EscapeDataString(package)}@{Uri.EscapeDataString(version)}"),
        Name = package,
        Version = version,
        Ecosystem = Ecosystem.Parse(ecosystem),
        Location = new ComponentLocation(null, path),
        Source = source,
    };
}
