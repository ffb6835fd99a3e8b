using OssRuntime.Advisories.Naming;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Matching;

/// <summary>
/// Under which names a component is looked up. Distributions that speak of source packages (Debian, Ubuntu, Alpine, SUSE, …) are asked for the
/// source and its version; those that speak of binary packages (AlmaLinux, Red Hat, Oracle, Amazon) for the package itself. Rocky Linux has
/// published both: the package is asked for first, its source where the database does not know the package.
/// </summary>
internal static class PackageQueries
{
    /// <summary>The ecosystems to ask: the release's own, that of all releases, and Ubuntu Pro's for a package that came from there.</summary>
    public static List<string> Ecosystems(Component component)
    {
        var canonical = EcosystemNames.Canonical(component.Ecosystem);
        var name = EcosystemNames.WithoutRelease(canonical);
        var ecosystems = new List<string>(3);
        if (canonical != name || !EcosystemNames.HasReleases(name))
        {
            ecosystems.Add(canonical);
        }

        if (canonical != name)
        {
            ecosystems.Add(name);
        }

        if (name == "ubuntu" && canonical != name && component.Version.Contains("esm", StringComparison.Ordinal))
        {
            ecosystems.Add($"{name}:pro:{canonical[(name.Length + 1)..]}");
        }

        return ecosystems;
    }

    /// <summary>The name and version to ask for first, and what to ask for where the database does not know that name.</summary>
    public static (PackageQuery First, PackageQuery? Else) Of(Component component, string ecosystem)
    {
        var name = EcosystemNames.WithoutRelease(ecosystem);
        var binary = new PackageQuery(ecosystem, PackageNames.Canonical(name, component.Name), component.Version);
        if (component.Source is not { } source)
        {
            return (binary, null);
        }

        var bySource = new PackageQuery(ecosystem, PackageNames.Canonical(name, source.Name), source.Version);
        return name switch
        {
            "almalinux" or "red hat" or "oracle linux" or "amazon linux" or "centos" or "fedora" => (binary, null),
            "rocky linux" => (binary, bySource),
            _ => (bySource, null),
        };
    }
}
