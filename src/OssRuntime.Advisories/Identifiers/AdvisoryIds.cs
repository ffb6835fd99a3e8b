namespace OssRuntime.Advisories.Identifiers;

/// <summary>Advisory ids: one spelling each, and which of several names of one flaw is the name to show.</summary>
internal static class AdvisoryIds
{
    /// <summary>Longer ids are no ids.</summary>
    public const int Longest = 128;

    /// <summary>CVE ids are upper case; GHSA ids have an upper-case prefix and lower-case groups. Some feeds write them otherwise.</summary>
    public static string Canonical(string id)
    {
        var trimmed = id.AsSpan().Trim();
        if (trimmed.StartsWith("cve-", StringComparison.OrdinalIgnoreCase))
        {
            return IsUpper(trimmed) ? AsString(id, trimmed) : trimmed.ToString().ToUpperInvariant();
        }

        if (trimmed.StartsWith("ghsa-", StringComparison.OrdinalIgnoreCase))
        {
            return string.Concat("GHSA-", trimmed[5..].ToString().ToLowerInvariant());
        }

        return AsString(id, trimmed);
    }

    /// <summary>How good a name an id is, best first: CVE, then GHSA, then others; for malware the MAL- id precedes all.</summary>
    public static int Rank(ReadOnlySpan<byte> id, bool malware) =>
        malware && id.StartsWith("MAL-"u8) ? 0
        : id.StartsWith("CVE-"u8) ? 1
        : id.StartsWith("GHSA-"u8) ? 2
        : 3;

    /// <summary>The same for an id as text.</summary>
    public static int Rank(string id, bool malware) =>
        malware && id.StartsWith("MAL-", StringComparison.Ordinal) ? 0
        : id.StartsWith("CVE-", StringComparison.Ordinal) ? 1
        : id.StartsWith("GHSA-", StringComparison.Ordinal) ? 2
        : 3;

    /// <summary>True for a CVE id.</summary>
    public static bool IsCve(ReadOnlySpan<byte> id) => id.StartsWith("CVE-"u8);

    /// <summary>The same for an id as text.</summary>
    public static bool IsCve(string id) => id.StartsWith("CVE-", StringComparison.Ordinal);

    private static string AsString(string original, ReadOnlySpan<char> trimmed) =>
        trimmed.Length == original.Length ? original : trimmed.ToString();

    private static bool IsUpper(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsAsciiLetterLower(c))
            {
                return false;
            }
        }

        return true;
    }
}
