using OssRuntime.Advisories.Matching;

namespace OssRuntime.Cli.Output;

/// <summary>Prints the chain from a package to what is said about it.</summary>
internal static class TraceReport
{
    public static void Write(TextWriter output, MatchTrace trace)
    {
        output.WriteLine(TerminalText.Safe($"{trace.Component.Purl}: {trace.Answer}"));
        foreach (var lookup in trace.Lookups)
        {
            output.WriteLine(TerminalText.Safe($"  {lookup.Ecosystem} {lookup.Name} at {lookup.Version}, order {lookup.Order}: {lookup.Candidates.Length} candidates"));
            foreach (var candidate in lookup.Candidates)
            {
                output.WriteLine(TerminalText.Safe(
                    $"    {(candidate.Affected ? "affected    " : "not affected")} {candidate.Advisory} ({candidate.Source}): {candidate.Statement}: {candidate.Reason}"));
            }
        }

        foreach (var finding in trace.Findings)
        {
            output.WriteLine(TerminalText.Safe(
                $"  => {finding.Severity} {finding.Id} {string.Join(' ', finding.Aliases)} fixed in {finding.FixedIn ?? "-"}: {finding.Summary}"));
        }
    }
}
