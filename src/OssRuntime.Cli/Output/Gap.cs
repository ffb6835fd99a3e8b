using OssRuntime.Cli.Scanning;
using OssRuntime.Model.Coverage;

namespace OssRuntime.Cli.Output;

/// <summary>Something that a report has no findings on, or not all of them: every format tells it.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Target">The target, or null where it is about all of them.</param>
/// <param name="Reason">The same more exactly: a stable word.</param>
/// <param name="Text">A clause for people.</param>
internal sealed record Gap(GapKind Kind, string? Target, string Reason, string Text)
{
    /// <summary>All gaps of a scan: what could not be read, what was not checked, and by which old database the rest was.</summary>
    public static IEnumerable<Gap> Of(ScanReport report)
    {
        foreach (var outcome in report.Outcomes)
        {
            foreach (var gap in Of(outcome))
            {
                yield return gap;
            }
        }

        if (report.Database is { IsOld: true } database)
        {
            yield return new Gap(GapKind.OldDatabase, null, nameof(GapKind.OldDatabase), $"the advisory database is old or its age is not known: {database.Age}");
        }
    }

    /// <summary>The gaps of one target.</summary>
    public static IEnumerable<Gap> Of(ScanOutcome outcome)
    {
        if (outcome.FailureReason is { } reason)
        {
            yield return new Gap(GapKind.NotRead, outcome.Target, reason, $"could not be read: {outcome.FailureMessage}");
        }

        foreach (var group in outcome.Checked?.Unchecked ?? [])
        {
            yield return new Gap(GapKind.NotChecked, outcome.Target, group.Reason.ToString(), TextOf(group, outcome.Checked!));
        }

        if (outcome.Hidden > 0)
        {
            yield return new Gap(GapKind.Hidden, outcome.Target, nameof(GapKind.Hidden), $"{FindingWords.Count(outcome.Hidden, "finding", "findings")} hidden by {outcome.HiddenBy}");
        }

        if (outcome.Ignored > 0)
        {
            yield return new Gap(GapKind.Hidden, outcome.Target, "Ignored", $"{FindingWords.Count(outcome.Ignored, "finding", "findings")} left out by --ignore");
        }

        if (outcome.Known > 0)
        {
            yield return new Gap(GapKind.Hidden, outcome.Target, "Known", $"{FindingWords.Count(outcome.Known, "finding", "findings")} left out because the baseline has them");
        }
    }

    private static string TextOf(UncheckedGroup group, CheckCoverage coverage) =>
        group.Components > 0 ? $"{group.Components} of {coverage.Components} components not checked: {group.Clause}" : $"not checked: {group.Clause}";
}
