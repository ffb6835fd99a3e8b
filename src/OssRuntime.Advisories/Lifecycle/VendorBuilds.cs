using System.Buffers;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Lifecycle;

/// <summary>
/// Packages for a distribution that the distribution does not maintain: their publishers mark the version, or have names that no distribution has.
/// Their support is the upstream's.
/// </summary>
internal static class VendorBuilds
{
    /// <summary>NodeSource, PostgreSQL, MariaDB, Redis, MySQL, Docker, nginx (<c>1.25.3-1~bookworm</c>), sury.org.</summary>
    private static readonly SearchValues<string> Marks = SearchValues.Create(
        ["nodesource", ".pgdg", "PGDG", "+maria~", "rl1~", "-1debian11", "-1debian12", "-1debian13", "-1ubuntu20.04", "-1ubuntu22.04", "-1ubuntu24.04", "~debian.", "~ubuntu.", "~bookworm", "~bullseye", "~trixie", "~jammy", "~noble", "~focal", "+deb.sury.org"],
        StringComparison.Ordinal);

    private static readonly string[] Names = ["docker-ce", "mongodb-org", "mysql-community", "elasticsearch", "kibana"];

    /// <summary>Packages called otherwise than their project.</summary>
    private static readonly (string Prefix, string Project)[] Projects = [("mongodb-org", "mongodb"), ("mysql-community", "mysql"), ("docker-ce", "docker-ce")];

    /// <summary>Projects whose packages have the release cycle in their name: <c>postgresql-16</c>, <c>php8.2</c>.</summary>
    private static readonly string[] Numbered = ["postgresql", "php", "mariadb"];

    /// <summary>True for a package that another publisher than the distribution built.</summary>
    public static bool IsOne(Component component) =>
        component.IsThirdParty
        || component.Version.AsSpan().ContainsAny(Marks)
        || Array.Exists(Names, name => component.Name.StartsWith(name, StringComparison.Ordinal));

    /// <summary>What the project of a package may be called.</summary>
    public static IEnumerable<string> ProjectNames(string package)
    {
        yield return package;
        foreach (var (prefix, project) in Projects)
        {
            if (package.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return project;
            }
        }

        foreach (var project in Numbered)
        {
            if (package.StartsWith(project, StringComparison.Ordinal) && package[project.Length..].TrimStart('-') is { Length: > 0 } rest && char.IsAsciiDigit(rest[0]))
            {
                yield return project;
            }
        }
    }

    /// <summary>The version without epoch and revision: <c>14.21.3</c> of <c>14.21.3-1nodesource1</c>.</summary>
    public static string UpstreamVersion(string version)
    {
        var colon = version.IndexOf(':', StringComparison.Ordinal);
        var dash = version.LastIndexOf('-');
        return dash > colon ? version[(colon + 1)..dash] : version[(colon + 1)..];
    }
}
