using System.Buffers;
using OssRuntime.Advisories.Identifiers;
using OssRuntime.Advisories.Lifecycle;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Matching;

/// <summary>
/// What a program that no package manager's advisories know is called where its flaws are listed: programs that were built from source (<c>pkg:generic</c>), components of
/// SBOMs that only have a CPE name, and packages that another publisher made for a distribution.
/// </summary>
/// <param name="Cpe">Vendor and product as the database knows them, <c>f5:nginx</c>.</param>
/// <param name="Version">The version as upstream numbers it.</param>
internal sealed record ProgramIdentity(string Cpe, string Version)
{
    private const int Numbers = 3;
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>Bitnami's name of it, or null.</summary>
    public string? Bitnami => ProgramNames.Bitnami(Cpe);

    /// <summary>The version as Bitnami writes it, with three numbers: <c>13.2.0</c>, <c>3.13.0-rc2</c>.</summary>
    public string BitnamiVersion
    {
        get
        {
            var text = Version.TrimStart('v', 'V');
            var end = text.AsSpan().IndexOfAnyExcept(NumberCharacters);
            var numbers = (end < 0 ? text : text[..end]).TrimEnd('.').Split('.');
            var tail = end < 0 ? "" : text[end..].TrimStart('-', '_', '.', '~');
            return $"{string.Join('.', numbers.Concat(["0", "0"]).Take(Numbers))}{(tail.Length == 0 || tail.StartsWith('+') ? "" : $"-{tail}")}";
        }
    }

    /// <summary>True for a component that is asked for as a program.</summary>
    public static bool IsOne(Component component) => component.IsThirdParty || component.Ecosystem.Name == "generic";

    /// <summary>What it is, or null where no table and no CPE name tells.</summary>
    public static ProgramIdentity? Of(Component component)
    {
        if (!IsOne(component))
        {
            return null;
        }

        var version = component.IsThirdParty ? VendorBuilds.UpstreamVersion(component.Version) : component.Version;
        if (CpeName.Parse(component.Cpe) is { Part: "a" } cpe)
        {
            return new ProgramIdentity(ProgramNames.OfCpe(cpe.Vendor, cpe.Product), version.Length > 0 ? version : cpe.FullVersion ?? "");
        }

        return VendorBuilds.ProjectNames(component.Name).Select(ProgramNames.OfName).FirstOrDefault(name => name is not null) is { } known
            ? new ProgramIdentity(known, version)
            : null;
    }
}
