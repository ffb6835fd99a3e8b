using System.Collections.Immutable;
using OssRuntime.Cli.Policies;
using OssRuntime.Cli.Scanning;
using OssRuntime.Cli.Terminal;
using OssRuntime.Model.Coverage;

namespace OssRuntime.Cli.Commands;

/// <summary>
/// With which code a scan ends. A gate that could not be answered does not end with 0: what was not checked, and a place that no policy is for, is told on standard
/// error and ends with 4.
/// </summary>
internal static class ScanExitCode
{
    /// <summary>The code.</summary>
    /// <param name="request">What the user asked for.</param>
    /// <param name="judge">Who judged.</param>
    /// <param name="outcomes">What came of each target.</param>
    /// <param name="errors">Is told what could not be answered.</param>
    public static int Of(ScanRequest request, PolicyEvaluator judge, ImmutableArray<ScanOutcome> outcomes, TextWriter errors)
    {
        var unanswered = Unanswered(request, outcomes).ToList();
        unanswered.ForEach(line => errors.WriteLine(TerminalText.Safe($"ossruntime: {line}")));
        if (judge.IsHit(outcomes.SelectMany(outcome => outcome.Verdicts)))
        {
            return ExitCode.Hit;
        }

        var failed = outcomes.Count(outcome => outcome.FailureReason is not null);
        return failed > 0 && failed == outcomes.Length ? ExitCode.Unreadable
            : failed > 0 || unanswered.Count > 0 ? ExitCode.Partial
            : ExitCode.Done;
    }

    private static IEnumerable<string> Unanswered(ScanRequest request, ImmutableArray<ScanOutcome> outcomes)
    {
        var isGated = !request.Policies.Files.IsEmpty || !request.Policies.FailOn.IsEmpty;
        foreach (var outcome in outcomes)
        {
            if (outcome.Checked is { State: not CheckState.Complete } coverage && (request.Strict || (isGated && coverage.State == CheckState.Nothing)))
            {
                yield return $"{outcome.Target}: {coverage.Sentence}";
            }

            foreach (var name in outcome.Verdicts.Where(verdict => verdict.IsUnjudged && !request.Policies.Files.IsEmpty).Select(verdict => verdict.Place.Scope.Namespace).Distinct())
            {
                yield return $"{outcome.Target}: no policy applies to namespace {name}: nothing was judged";
            }
        }
    }
}
