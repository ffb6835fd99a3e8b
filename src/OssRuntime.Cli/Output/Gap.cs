using OssRuntime.Cli.Scanning;
using OssRuntime.Model.Coverage;

namespace OssRuntime.Cli.Output;

/// <summary>Something that a report has no findings on because it could not be checked: every format tells it.</summary>
/// <param name="Target">The target, or null where it is about all of them.</param>
/// <param name="Reason">A stable word.</param>
/// <param name="Text">A clause for people.</param>
/// <param name="IsFailure">True where the target could not be read at all.</param>
internal sealed record Gap(string? Target, string Reason, string Text, bool IsFailure)
{
    /// <summary>The word for a database that is old, although nobody set a limit.</summary>
    public const string OldDatabase = "OldDatabase";

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
            yield return new Gap(null, OldDatabase, $"the advisory database is old or its age is not known: {database.Age}", IsFailure: false);
        }
    }

    /// <summary>The gaps of one target.</summary>
    public static IEnumerable<Gap> Of(ScanOutcome outcome)
    {
        if (outcome.FailureReason is { } reason)
        {
            yield return new Gap(outcome.Target, reason, $"could not be read: {outcome.FailureMessage}", IsFailure: true);
        }

        foreach (var group in outcome.Checked?.Unchecked ?? [])
        {
            yield return new Gap(outcome.Target, group.Reason.ToString(), TextOf(group, outcome.Checked!), IsFailure: false);
        }
    }

    private static string TextOf(UncheckedGroup group, CheckCoverage coverage) =>
        group.Components > 0 ? $"{group.Components} of {coverage.Components} components not checked: {group.Clause}" : $"not checked: {group.Clause}";
}
