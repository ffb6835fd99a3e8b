using OssRuntime.Advisories.Feeds.Cpe;
using OssRuntime.Advisories.Feeds.Oracle;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Matching;

/// <summary>
/// Under which names a component is looked up. Distributions that speak of source packages (Debian, Ubuntu, Alpine, SUSE, …) are asked for the
/// source and its version; those that speak of binary packages (AlmaLinux, Oracle, Amazon) for the package itself; Red Hat, SUSE and Photon, which speak of
/// both, for both. Rocky Linux has published both: the package is asked for first, its source where the database does not know the package. A package of
/// an rpm module is asked for in its module's stream; Rocky's, whose errata do not always tell the stream, among those builds of modules alone.
/// </summary>
internal static class PackageQueries
{
    /// <summary>The ecosystem of Bitnami's records.</summary>
    public const string Bitnami = "bitnami";

    /// <summary>The ecosystems to ask: the release's own, that of all releases, and Ubuntu Pro's for a package that came from there.</summary>
    public static List<string> Ecosystems(Component component)
    {
        if (ProgramIdentity.IsOne(component))
        {
            return component.IsThirdParty ? [Bitnami, CpeAffected.Ecosystem] : [EcosystemNames.Canonical(component.Ecosystem), Bitnami, CpeAffected.Ecosystem];
        }

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

        if (name == "suse" && canonical != name && SuseReleases.Base(canonical[(name.Length + 1)..]) is { } server)
        {
            ecosystems.Add($"{name}:{server}");
        }

        if (name == "ubuntu" && canonical != name && component.Version.Contains("esm", StringComparison.Ordinal))
        {
            ecosystems.Add($"{name}:pro:{canonical[(name.Length + 1)..]}");
        }

        return ecosystems;
    }

    /// <summary>The names and versions to ask for in an ecosystem.</summary>
    public static PackageQuestions Of(Component component, string ecosystem)
    {
        if (ecosystem is Bitnami or CpeAffected.Ecosystem && ProgramIdentity.IsOne(component))
        {
            var program = ProgramIdentity.Of(component);
            return new PackageQuestions(ecosystem == Bitnami
                ? new PackageQuery(ecosystem, program?.Bitnami ?? "", program?.BitnamiVersion ?? component.Version)
                : new PackageQuery(ecosystem, program?.Cpe ?? "", program?.Version ?? component.Version));
        }

        var name = EcosystemNames.WithoutRelease(ecosystem);
        if (name == "oracle linux")
        {
            return new PackageQuestions(new PackageQuery(
                ecosystem, OracleFlavours.Name(RpmModules.Name(Module(component), component.Name), component.Version), component.Version));
        }

        var binary = new PackageQuery(ecosystem, PackageNames.Canonical(name, component.Name), component.Version);
        if (name == "red hat")
        {
            return OfRedHat(component, binary);
        }

        if (name == "almalinux" && Module(component) is { } module)
        {
            return new PackageQuestions(binary with { Name = RpmModules.Name(module, binary.Name) }, Else: binary);
        }

        if (name == "rocky linux" && component.Version.Contains(RpmModules.BuildMark, StringComparison.Ordinal))
        {
            return Module(component) is { } stream
                ? new PackageQuestions(binary with { Name = RpmModules.Name(stream, binary.Name) }, Also: binary with { Name = RpmModules.Name(RpmModules.UntoldStream, binary.Name) })
                : new PackageQuestions(binary with { Name = RpmModules.Name(RpmModules.AnyStream, binary.Name) });
        }

        if (name == "go" && binary.Name.ToLowerInvariant() is var lower && lower != binary.Name)
        {
            return new PackageQuestions(binary, Else: binary with { Name = lower });
        }

        if (component.Source is not { } source)
        {
            return new PackageQuestions(binary);
        }

        var bySource = new PackageQuery(ecosystem, PackageNames.Canonical(name, source.Name), source.Version);
        return name switch
        {
            "almalinux" or "amazon linux" or "centos" or "fedora" => new PackageQuestions(binary),
            "suse" or "opensuse" or "photon os" => new PackageQuestions(binary, Also: bySource.Name == binary.Name ? null : bySource),
            "rocky linux" => new PackageQuestions(binary, Else: bySource),
            _ => new PackageQuestions(bySource),
        };
    }

    /// <summary>The stream of the RPM module that a component is of, by its package URL, or null.</summary>
    public static string? Module(Component component)
    {
        if (component.Purl.Type != "rpm")
        {
            return null;
        }

        foreach (var (key, value) in component.Purl.Qualifiers)
        {
            if (key == "rpmmod")
            {
                return RpmModules.Stream(value);
            }
        }

        return null;
    }

    /// <summary>
    /// Red Hat's fixes name binary packages and its unfixed flaws source packages; both stand under the module's stream for packages of modules.
    /// </summary>
    private static PackageQuestions OfRedHat(Component component, PackageQuery binary)
    {
        var module = Module(component);
        var source = component.Source ?? new SourcePackage(component.Name, component.Version);
        return new PackageQuestions(
            binary with { Name = RpmModules.Name(module, binary.Name) },
            Also: new PackageQuery(binary.Ecosystem, RpmModules.Source(RpmModules.Name(module, source.Name)), source.Version));
    }
}
