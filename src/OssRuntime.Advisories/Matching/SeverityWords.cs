using OssRuntime.Model.Findings;

namespace OssRuntime.Advisories.Matching;

/// <summary>What publishers' severity words mean.</summary>
internal static class SeverityWords
{
    /// <summary>
    /// GitHub (low, moderate, high, critical), Red Hat and its kin (important), Ubuntu (negligible), Debian's urgencies (unimportant, "low**"),
    /// in any case; Unknown for any other.
    /// </summary>
    public static Severity Parse(string? word) => word?.Trim().TrimEnd('*').ToLowerInvariant() switch
    {
        "critical" or "urgent" => Severity.Critical,
        "high" or "important" => Severity.High,
        "medium" or "moderate" => Severity.Medium,
        "low" or "minor" or "negligible" or "unimportant" => Severity.Low,
        "none" or "informational" => Severity.None,
        _ => Severity.Unknown,
    };

    /// <summary>True for the words by which Debian and Ubuntu say that a flaw does no harm in their build of the package.</summary>
    public static bool IsDismissal(string? word) => word is "unimportant" or "negligible";
}
