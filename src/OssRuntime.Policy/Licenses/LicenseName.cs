namespace OssRuntime.Policy.Licenses;

/// <summary>The names of licences: the ids of the GNU family were renamed (SPDX licence list 3.0), and both forms are met.</summary>
internal static class LicenseName
{
    private static readonly string[] Renamed = ["GPL-", "LGPL-", "AGPL-", "GFDL-"];

    /// <summary>The name that SPDX uses now: <c>GPL-2.0</c> is <c>GPL-2.0-only</c>, <c>GPL-2.0+</c> is <c>GPL-2.0-or-later</c>.</summary>
    public static string Canonical(string name)
    {
        if (!Renamed.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) || name.Contains('*', StringComparison.Ordinal))
        {
            return name;
        }

        if (name.EndsWith('+'))
        {
            return Versioned(name[..^1]) + "-or-later";
        }

        return char.IsAsciiDigit(name[^1]) ? Versioned(name) + "-only" : name;
    }

    // Distributions write GPL-2 for GPL-2.0.
    private static string Versioned(string name) => name.LastIndexOf('-') is var dash && name.IndexOf('.', dash) < 0 ? name + ".0" : name;
}
