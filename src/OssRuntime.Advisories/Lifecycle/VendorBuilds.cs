using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Lifecycle;

/// <summary>
/// Packages for a distribution that the distribution does not maintain: their publishers mark the version. Their support is the upstream's.
/// </summary>
internal static class VendorBuilds
{
    private static readonly (string Mark, string NamePrefix, string Product)[] Known =
    [
        ("nodesource", "nodejs", "nodejs"),
        (".pgdg", "postgresql-", "postgresql"),
        ("PGDG", "postgresql", "postgresql"),
    ];

    /// <summary>The product that the package is a build of, or null for a package of the distribution.</summary>
    public static string? ProductOf(Component component)
    {
        foreach (var (mark, prefix, product) in Known)
        {
            if (component.Version.Contains(mark, StringComparison.Ordinal) && component.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                return product;
            }
        }

        return null;
    }

    /// <summary>The version without epoch and revision: <c>14.21.3</c> of <c>14.21.3-1nodesource1</c>.</summary>
    public static string UpstreamVersion(string version)
    {
        var colon = version.IndexOf(':', StringComparison.Ordinal);
        var dash = version.LastIndexOf('-');
        return dash > colon ? version[(colon + 1)..dash] : version[(colon + 1)..];
    }
}
