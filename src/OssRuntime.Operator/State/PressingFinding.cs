using OssRuntime.Model.Findings;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.State;

/// <summary>A finding as reports show it, in a line of text.</summary>
internal sealed record PressingFinding(
    Severity Severity, string Text, string Advisory, string Component, string? FixedIn, string Path, bool KnownExploited, PriorityEvidence Evidence, bool Ended)
{
    private const int LongestPath = 256;

    public static PressingFinding Of(Finding finding, EndedSupport ended)
    {
        var purl = (finding.Component.Purl with { Qualifiers = [], Subpath = null }).ToString();
        var text = $"{finding.Severity} {finding.Id} {finding.Score?.ToString("0.0") ?? "-"} {purl} {finding.FixedIn ?? "-"}"
            + (finding.KnownExploited ? " EXPLOITED" : "")
            + (finding.Epss is { } epss and >= 0.01 ? $" EPSS={epss:0.00}" : "");
        var path = finding.Component.Location.Path;
        return new PressingFinding(
            finding.Severity,
            text,
            finding.Id,
            purl,
            finding.FixedIn,
            path.Length <= LongestPath ? path : "…" + path[^(LongestPath - 1)..],
            finding.KnownExploited,
            PriorityDecider.EvidenceOf(finding),
            ended.Covers(finding));
    }

    /// <summary>The priority on a workload.</summary>
    public Priority PriorityOn(DeployerContext workload) =>
        PriorityDecider.Decide(
            new PriorityInputs(Evidence.Exploitation, workload.Exposure, Evidence.Automatable, workload.Impact), Severity == Severity.Malicious, Ended);
}
