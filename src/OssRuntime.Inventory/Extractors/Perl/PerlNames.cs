namespace OssRuntime.Inventory.Extractors.Perl;

/// <summary>How CPAN names things.</summary>
internal static class PerlNames
{
    /// <summary>The distribution that a module is nearly always in: <c>JSON-XS</c> of <c>JSON::XS</c>.</summary>
    public static string Distribution(string module) => module.Replace("::", "-", StringComparison.Ordinal);

    /// <summary>The version as CPAN lists it: Perl writes a <c>v</c> before those with several dots.</summary>
    public static string Version(string version) => version.Trim() is ['v', >= '0' and <= '9', ..] text ? text[1..] : version.Trim();
}
