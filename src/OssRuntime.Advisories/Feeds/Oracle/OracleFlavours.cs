using OssRuntime.Advisories.Identifiers;

namespace OssRuntime.Advisories.Feeds.Oracle;

/// <summary>
/// Oracle builds some packages a second and third time, for Ksplice and certified for FIPS, under the same names and with versions above those of the
/// ordinary builds. A fix in one of them says nothing about the others.
/// </summary>
internal static class OracleFlavours
{
    private static readonly (string Mark, string Name)[] Known = [("ksplice", "ksplice"), ("_fips", "fips"), (".fips", "fips")];

    /// <summary>The name under which a build with such a version is kept: <c>fips/gnutls</c> for one for FIPS.</summary>
    public static string Name(string name, string version)
    {
        foreach (var (mark, flavour) in Known)
        {
            if (version.Contains(mark, StringComparison.Ordinal))
            {
                return RpmModules.Name(flavour, name);
            }
        }

        return name;
    }
}
