using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Matching;
using OssRuntime.Cli.Terminal;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Output;

/// <summary>Prints the chain from a package to what is said about it.</summary>
internal static class TraceReport
{
    public static void Write(TextWriter output, MatchTrace trace, string path = "")
    {
        output.WriteLine(TerminalText.Safe($"{trace.Component.Purl}{(path.Length == 0 ? "" : $" in {path}")}: {trace.Answer}"));
        foreach (var lookup in trace.Lookups)
        {
            Write(output, lookup);
        }

        foreach (var finding in trace.Findings)
        {
            Write(output, finding);
        }
    }

    private static void Write(TextWriter output, TraceLookup lookup)
    {
        var isAnyVersion = lookup.Version.Length == 0;
        output.WriteLine(TerminalText.Safe(
            $"  {lookup.Ecosystem} {lookup.Name}{(isAnyVersion ? "" : $" at {lookup.Version}, order {lookup.Order}")}: {lookup.Candidates.Length} candidates"));
        foreach (var candidate in lookup.Candidates)
        {
            output.WriteLine(TerminalText.Safe(isAnyVersion && candidate.Affected is null
                ? $"    affects      {candidate.Advisory} ({candidate.Source}): {candidate.Statement}"
                : $"    {WordOf(candidate.Affected)} {candidate.Advisory} ({candidate.Source}): {candidate.Statement}: {candidate.Reason}"));
        }
    }

    /// <summary>All that is known of one id: every advisory with it, and every one on the same flaw.</summary>
    public static void Write(TextWriter output, string id, IReadOnlyCollection<AdvisoryDetails> advisories)
    {
        output.WriteLine(TerminalText.Safe($"{id}: {advisories.Count} advisories"));
        foreach (var advisory in advisories)
        {
            output.WriteLine(TerminalText.Safe($"  {advisory.Id} ({advisory.Source}){(advisory.Withdrawn ? ", withdrawn" : "")}: {advisory.Kind}, changed {advisory.Modified?.ToString("u") ?? "-"}: {advisory.Summary}"));
            WriteIf(output, "    aliases    ", string.Join(' ', advisory.Aliases));
            WriteIf(output, "    flaws      ", string.Join(' ', advisory.Flaws.Where(flaw => flaw != advisory.Id)));
            WriteIf(output, "    vectors    ", string.Join(' ', advisory.Vectors));
            WriteIf(output, "    severity   ", advisory.SeverityWord ?? "");
            WriteIf(output, "    references ", string.Join(' ', advisory.References));
        }
    }

    private static void Write(TextWriter output, Finding finding)
    {
        output.WriteLine(TerminalText.Safe($"  => {finding.Severity} {finding.Id} {string.Join(' ', finding.Aliases)}: {finding.Summary}"));
        output.WriteLine(TerminalText.Safe($"     status    {finding.Status}, {finding.FixState}, fixed in {finding.FixedIn ?? "-"}"));
        WriteIf(output, "     severity  ", finding.VectorReason.Length == 0 ? "" : $"{finding.Score?.ToString("0.0") ?? "-"} {finding.Vector}: {finding.VectorReason}");
        WriteIf(output, "     attacks   ", Attacks(finding));
        foreach (var exploit in finding.Exploits)
        {
            output.WriteLine(TerminalText.Safe($"     exploit   {exploit.Address} ({exploit.Source})"));
        }

        foreach (var source in finding.Sources)
        {
            output.WriteLine(TerminalText.Safe($"     says      {source.Advisory} ({source.Feed}): {source.Matched}{(source.State == FixState.Unknown ? "" : $", {source.State}")}"));
        }
    }

    private static string WordOf(bool? affected) => affected switch
    {
        true => "affected    ",
        false => "not affected",
        null => "not known   ",
    };

    private static string Attacks(Finding finding)
    {
        var words = new List<string>();
        if (finding.KnownExploited)
        {
            words.Add("known to be exploited");
        }

        if (finding.Epss is { } epss)
        {
            words.Add($"EPSS {epss:0.00000}");
        }

        if (finding.Ssvc is { } ssvc)
        {
            words.Add($"SSVC exploitation {ssvc.Exploitation}, {(ssvc.Automatable ? "automatable" : "not automatable")}, {(ssvc.TotalImpact ? "total" : "partial")} impact");
        }

        return string.Join("; ", words);
    }

    private static void WriteIf(TextWriter output, string label, string text)
    {
        if (text.Length > 0)
        {
            output.WriteLine(TerminalText.Safe(label + text));
        }
    }
}
