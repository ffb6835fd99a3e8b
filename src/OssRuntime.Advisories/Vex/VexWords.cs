using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Vex;

/// <summary>The words of VEX (CISA, "Minimum Requirements for VEX") in the spellings of the formats.</summary>
internal static class VexWords
{
    /// <summary>The status that a word names: OpenVEX's own, CSAF's product status, CycloneDX's analysis state. Null for any other.</summary>
    public static FindingStatus? Status(string? word) => word switch
    {
        "not_affected" or "known_not_affected" or "false_positive" => FindingStatus.NotAffected,
        "affected" or "known_affected" or "exploitable" => FindingStatus.Affected,
        "fixed" or "first_fixed" or "resolved" or "resolved_with_pedigree" => FindingStatus.Fixed,
        "under_investigation" or "in_triage" => FindingStatus.UnderInvestigation,
        _ => null,
    };

    /// <summary>The package URL that a text is, or null.</summary>
    public static PackageUrl? Purl(string? text) => PackageUrl.TryParse(text, out var purl, out _) ? purl : null;
}
