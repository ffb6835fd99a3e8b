using System.Collections.Immutable;
using OssRuntime.Cli.Policies;
using OssRuntime.Cli.Scanning;
using OssRuntime.Model.Findings;
using OssRuntime.Policy.Priorities;
using OssRuntime.Policy.Rules;
using OssRuntime.Policy.Violations;

namespace OssRuntime.Cli.Output.JUnit;

/// <summary>The tests of one target.</summary>
/// <param name="Name">The target.</param>
/// <param name="Cases">Its tests.</param>
internal sealed record JUnitSuite(string Name, ImmutableArray<JUnitCase> Cases)
{
    private const string Coverage = "coverage";

    /// <summary>The tests of a target.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="judge">What it was judged by; null or idle where the user set no gate.</param>
    public static JUnitSuite Of(ScanOutcome outcome, PolicyEvaluator? judge) => new(
        outcome.Target,
        [.. OfGaps(outcome), .. OfChecked(outcome), .. OfVerdicts(outcome, judge), .. OfPackages(outcome, isGated: judge is { IsIdle: false })]);

    /// <summary>The test of the database: one that is old has findings that are.</summary>
    public static JUnitSuite Of(DatabaseSummary database) => new(
        "advisory database",
        [new JUnitCase(Coverage, "the advisory database is up to date", database.IsOld ? JUnitResult.Skipped : JUnitResult.Passed, nameof(GapKind.OldDatabase), database.Age.ToString(), [])]);

    private static IEnumerable<JUnitCase> OfGaps(ScanOutcome outcome) => Gap.Of(outcome).Select(gap =>
        new JUnitCase(Coverage, gap.Kind == GapKind.NotRead ? $"{gap.Target} can be read" : gap.Text, gap.Kind == GapKind.NotRead ? JUnitResult.Error : JUnitResult.Skipped, gap.Reason, gap.Text, []));

    private static IEnumerable<JUnitCase> OfChecked(ScanOutcome outcome)
    {
        if (outcome.Checked is { Checked: > 0 } coverage)
        {
            yield return new JUnitCase(Coverage, $"{coverage.Checked} of {coverage.Components} components checked", JUnitResult.Passed, "", "", []);
        }
    }

    private static IEnumerable<JUnitCase> OfPackages(ScanOutcome outcome, bool isGated) => outcome.Findings
        .GroupBy(finding => (finding.Component.Purl, finding.Component.Location.Path))
        .Select(package =>
        {
            var component = package.First().Component;
            var affected = package.Where(finding => finding.Status == FindingStatus.Affected).Order(PressingOrder.Instance).ToList();
            ImmutableArray<string> lines = [.. affected.Select(Line), .. package.Where(finding => finding.Status != FindingStatus.Affected).Select(Line)];
            return new JUnitCase(
                component.Ecosystem.ToString(),
                $"{component.Name} {component.Version} ({component.Location.Path})",
                affected.Count == 0 || isGated ? JUnitResult.Passed : JUnitResult.Failed,
                affected.Count == 0 ? "" : affected[0].Severity.ToString(),
                $"{FindingWords.Count(affected.Count, "flaw", "flaws")}: {FindingWords.Severities(affected)}",
                lines);
        });

    private static string Line(Finding finding) =>
        $"{finding.Id} {FindingWords.Word(finding.Severity)}{(finding.KnownExploited ? ", exploited" : "")}: {finding.Summary}"
        + (finding.FixedIn is { } version ? $"; fixed in {version}" : "")
        + (finding.Status == FindingStatus.Affected ? "" : $"; set aside: {finding.Status} {finding.Vex?.Justification} {finding.Vex?.Source}");

    private static IEnumerable<JUnitCase> OfVerdicts(ScanOutcome outcome, PolicyEvaluator? judge)
    {
        foreach (var verdict in outcome.Verdicts)
        {
            var place = $"in {verdict.Place.Scope.Namespace}{(verdict.Place.Scope.Workload is { } workload ? $" {workload}" : "")}";
            foreach (var violation in verdict.Violations)
            {
                var isHit = judge?.IsHit([verdict with { Violations = [violation], Unknown = [] }]) == true;
                yield return New(violation, place, isHit ? JUnitResult.Failed : JUnitResult.Passed, violation.Text);
            }

            foreach (var violation in verdict.Undecided)
            {
                yield return New(violation, place, violation.Rule.Action == PolicyAction.Deny ? JUnitResult.Error : JUnitResult.Skipped, violation.UndecidedText);
            }

            foreach (var policy in verdict.Unknown)
            {
                yield return new JUnitCase(
                    "policy", $"{policy.Name} {place}", policy.UnknownImages == PolicyAction.Deny ? JUnitResult.Failed : JUnitResult.Skipped, policy.UnknownImages.ToString(), verdict.UnknownBecause, []);
            }

            if (verdict.IsUnjudged)
            {
                yield return new JUnitCase("policy", $"a policy is for {place}", JUnitResult.Skipped, "", "no policy applies: nothing was judged", []);
            }
        }
    }

    private static JUnitCase New(Violation violation, string place, JUnitResult result, string text) => new(
        "policy",
        $"{violation.Policy}/{violation.Rule.Name} {place}",
        result,
        violation.Rule.Action.ToString(),
        text,
        [.. violation.Items.Select(item => item.Text + (item.FixedIn is { } version ? $", fixed in {version}" : ""))]);
}
