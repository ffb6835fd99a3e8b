using OssRuntime.Cli.Policies;
using OssRuntime.Cli.Scanning;
using OssRuntime.Model.Coverage;
using OssRuntime.Policy.Rules;
using Spectre.Console;

namespace OssRuntime.Cli.Output;

/// <summary>Prints for people what policies say of each target in each place.</summary>
internal sealed class VerdictReport(ReportWriter writer)
{
    private const int LabelWidth = 8;

    /// <summary>All targets.</summary>
    public void Write(IReadOnlyList<ScanOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            writer.Title(outcome.Target);
            if (outcome.FailureReason is { } reason)
            {
                Line($"{reason}:", outcome.FailureMessage ?? "", Color.Red);
            }

            if (outcome.Checked is { State: not CheckState.Complete } coverage)
            {
                Line("checked", coverage.Sentence, Color.Yellow);
            }

            Write(outcome.Verdicts);
        }
    }

    /// <summary>The places of one target.</summary>
    public void Write(IEnumerable<PlaceVerdict> verdicts)
    {
        foreach (var verdict in verdicts)
        {
            Write(verdict);
        }
    }

    private void Write(PlaceVerdict verdict)
    {
        var place = verdict.Place;
        var level = (place.Level?.ToString() ?? "not known") + (place.ExposureUncertain.IsEmpty ? "" : $", may be {place.Highest}");
        var path = place.ExposurePath.IsEmpty ? "" : $" ({string.Join(" → ", place.ExposurePath)})";
        Line("in", $"{place.Scope.Namespace}{(place.Scope.Workload is { } workload ? $" {workload}" : "")}, exposure {level}{path}, impact {place.Context.Impact}", Color.Grey);
        foreach (var uncertain in place.ExposureUncertain)
        {
            Line("unread", uncertain.Text, Color.Yellow);
        }

        foreach (var violation in verdict.Violations)
        {
            Line(violation.Rule.Action.ToString(), violation.Text[(violation.Rule.Action.ToString().Length + 1)..], ColorOf(violation.Rule.Action));
        }

        foreach (var violation in verdict.Undecided)
        {
            Line(violation.Rule.Action.ToString(), violation.UndecidedText[(violation.Rule.Action.ToString().Length + 1)..], ColorOf(violation.Rule.Action));
        }

        foreach (var policy in verdict.Unknown)
        {
            Line(policy.UnknownImages.ToString(), $"{policy.Name}: {verdict.UnknownBecause}", ColorOf(policy.UnknownImages));
        }

        if (verdict.IsUnjudged)
        {
            Line("unknown", $"no policy applies to namespace {place.Scope.Namespace}: nothing was judged", Color.Yellow);
        }
        else if (verdict.Violations.IsEmpty && verdict.Unknown.IsEmpty && verdict.Undecided.IsEmpty)
        {
            Line("fine", $"no rule is broken, of {verdict.Rules} that apply", Color.Green);
        }
    }

    private static Color ColorOf(PolicyAction action) => action switch
    {
        PolicyAction.Deny => Color.Red,
        PolicyAction.Warn => Color.Yellow,
        _ => Color.Default,
    };

    private void Line(string label, string text, Color color) => writer.Line(label, text, new Style(color), LabelWidth);
}
