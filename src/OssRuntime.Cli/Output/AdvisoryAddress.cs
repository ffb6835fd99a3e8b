namespace OssRuntime.Cli.Output;

/// <summary>Where people read on about a flaw.</summary>
internal static class AdvisoryAddress
{
    private const int LongestId = 100;

    /// <summary>The page of an identifier, or null where it is no identifier that a page can be named by.</summary>
    public static string? Of(string id) =>
        id.Length is 0 or > LongestId || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or ':') ? null
        : id.StartsWith("CVE-", StringComparison.Ordinal) ? $"https://nvd.nist.gov/vuln/detail/{id}"
        : id.StartsWith("GHSA-", StringComparison.Ordinal) ? $"https://github.com/advisories/{id}"
        : $"https://osv.dev/vulnerability/{Uri.EscapeDataString(id)}";
}
