using OssRuntime.Cli.Policies;
using OssRuntime.Cli.Scanning;
using OssRuntime.Cli.Terminal;
using OssRuntime.Model.Coverage;
using OssRuntime.Policy.Rules;
using Spectre.Console;

namespace OssRuntime.Cli.Output;

/// <summary>Prints for people what policies say of each target in each place.</summary>
internal static class VerdictReport
{
    /// <summary>All targets.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<ScanOutcome> outcomes)
    {
        foreach (var outcome in outcomes)
        {
            console.Write(new Text(TerminalText.Safe(outcome.Target), new Style(decoration: Decoration.Bold)));
            console.WriteLine();
            if (outcome.FailureReason is { } reason)
            {
                Line(console, $"{reason}:", outcome.FailureMessage ?? "", Color.Red);
            }

            if (outcome.Checked is { State: not CheckState.Complete } coverage)
            {
                Line(console, "checked", coverage.Sentence, Color.Yellow);
            }

            foreach (var verdict in outcome.Verdicts)
            {
                Write(console, verdict);
            }
        }
    }

    /// <summary>One place.</summary>
    public static void Write(IAnsiConsole console, PlaceVerdict verdict)
    {
        var place = verdict.Place;
        var level = place.Level?.ToString() ?? "not known";
        var path = place.ExposurePath.IsEmpty ? "" : $" ({string.Join(" → ", place.ExposurePath)})";
        Line(console, "in", $"{place.Scope.Namespace}{(place.Scope.Workload is { } workload ? $" {workload}" : "")}, exposure {level}{path}, impact {place.Context.Impact}", Color.Grey);
        foreach (var violation in verdict.Violations)
        {
            Line(console, violation.Rule.Action.ToString(), violation.Text[(violation.Rule.Action.ToString().Length + 1)..], ColorOf(violation.Rule.Action));
        }

        foreach (var policy in verdict.Unknown)
        {
            Line(console, policy.UnknownImages.ToString(), $"{policy.Name}: {verdict.UnknownBecause}", ColorOf(policy.UnknownImages));
        }

        if (verdict.IsUnjudged)
        {
            Line(console, "unknown", $"no policy applies to namespace {place.Scope.Namespace}: nothing was judged", Color.Yellow);
        }
        else if (verdict.Violations.IsEmpty && verdict.Unknown.IsEmpty)
        {
            Line(console, "fine", $"no rule is broken, of {verdict.Rules} that apply", Color.Green);
        }
    }

    private static Color ColorOf(PolicyAction action) => action switch
    {
        PolicyAction.Deny => Color.Red,
        PolicyAction.Warn => Color.Yellow,
        _ => Color.Default,
    };

    private static void Line(IAnsiConsole console, string label, string text, Color color)
    {
        console.Write(new Text($"  {label,-7} ", new Style(color)));
        console.Write(new Text(TerminalText.Safe(text)));
        console.WriteLine();
    }
}
