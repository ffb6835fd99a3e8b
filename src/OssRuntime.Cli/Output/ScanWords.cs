using OssRuntime.Cli.Scanning;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Output;

/// <summary>What a scan says in a line: that nothing was found is never said of what was not checked.</summary>
internal static class ScanWords
{
    /// <summary>The whole scan.</summary>
    public static string Title(ScanReport report)
    {
        var flaws = Affected(report.Outcomes).DistinctBy(finding => finding.Id).ToList();
        var none = report.Outcomes.Any(outcome => outcome.LeftOut > 0) ? "No flaw of those that were asked for" : "No known flaw";
        if (report.Outcomes.All(outcome => outcome.Checked is { State: CheckState.Complete }))
        {
            return flaws.Count == 0 ? $"{none}, and everything was checked" : $"{Count(flaws)}, and everything was checked";
        }

        return flaws.Count > 0 ? $"{Count(flaws)}, and NOT everything was checked"
            : report.Outcomes.Any(outcome => outcome.Checked is { Checked: > 0 }) ? $"{none} in what was checked, and NOT everything was checked"
            : "NOTHING was checked";
    }

    /// <summary>How much of a target was checked.</summary>
    public static string Coverage(ScanOutcome outcome) => outcome.Checked switch
    {
        null => "could not be read",
        { State: CheckState.Complete } coverage => $"all {FindingWords.Number(coverage.Components)} components",
        var coverage => $"{FindingWords.Number(coverage.Checked)} of {FindingWords.Number(coverage.Components)} components",
    };

    /// <summary>What was found in a target.</summary>
    public static string Findings(ScanOutcome outcome)
    {
        var flaws = Affected([outcome]).DistinctBy(finding => finding.Id).ToList();
        var aside = outcome.Findings.Count(finding => finding.Status != FindingStatus.Affected);
        var found = flaws.Count > 0 ? FindingWords.Severities(flaws) : outcome.Checked?.State switch
        {
            not null when outcome.LeftOut > 0 => "none that was asked for",
            CheckState.Complete => "none",
            CheckState.Partly => "none in what was checked",
            _ => "not known",
        };
        return found
            + (aside > 0 ? $"; {FindingWords.Number(aside)} set aside by VEX" : "")
            + (outcome.Hidden > 0 ? $"; {FindingWords.Number(outcome.Hidden)} hidden by {outcome.HiddenBy}" : "");
    }

    /// <summary>The findings that affect.</summary>
    public static IEnumerable<Finding> Affected(IEnumerable<ScanOutcome> outcomes) =>
        outcomes.SelectMany(outcome => outcome.Findings).Where(finding => finding.Status == FindingStatus.Affected);

    private static string Count(List<Finding> flaws) => $"{FindingWords.Count(flaws.Count, "known flaw", "known flaws")} ({FindingWords.Severities(flaws)})";
}
