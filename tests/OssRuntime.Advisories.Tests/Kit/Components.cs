using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Kit;

/// <summary>Components in one line.</summary>
internal static class Components
{
    public static Component Npm(string name, string version) => Of("npm", "npm", name, version);

    public static Component PyPI(string name, string version) => Of("PyPI", "pypi", name, version);

    public static Component Debian(string name, string version, string? source = null, string? sourceVersion = null, string release = "12") =>
        Of($"Debian:{release}", "deb", name, version) with
        {
            Type = ComponentType.OsPackage,
            Source = source is null ? null : new SourcePackage(source, sourceVersion ?? version),
        };

    public static Component Of(string ecosystem, string type, string name, string version) => new()
    {
        Purl = PackageUrl.Of(type, type == "deb" ? "debian" : null, name.Replace('/', '_').Replace('@', '_').Replace(':', '_'), version),
        Name = name,
        Version = version,
        Ecosystem = Ecosystem.Parse(ecosystem),
        Location = new ComponentLocation(null, $"app/{name}"),
    };
}
