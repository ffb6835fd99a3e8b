using System.Collections.Immutable;
using System.Text;
using OssRuntime.Cli.Remedies;
using OssRuntime.Cli.Scanning;
using OssRuntime.Model.Coverage;

namespace OssRuntime.Cli.Output.Markdown;

/// <summary>
/// Writes a comment for a pull request: what was checked and what was not, then what to do, one row a package and step, the most pressing first. It fits into one
/// comment (<see cref="MarkdownPage.Limit"/>) and says what it had to leave out.
/// </summary>
internal static class MarkdownReport
{
    // By this a pipeline finds the comment that it wrote before.
    private const string Mark = "<!-- ossruntime scan -->";
    private const int FirstRows = 10;
    private const int LongestText = 300;

    // How far into the page each part may reach, so that none takes the room of those behind it.
    private const int TargetsEnd = 20_000;
    private const int GapsEnd = 28_000;
    private const int ViolationsEnd = 36_000;
    private const int StepsEnd = 46_000;

    public static void Write(Stream output, ScanReport report)
    {
        var page = new MarkdownPage();
        page.Line(Mark);
        page.Line($"## {ScanWords.Title(report)}");
        page.Line();
        WriteTargets(page, report);
        WriteGaps(page, report);
        WriteViolations(page, report);
        if (report.Database is not null)
        {
            WriteRemedies(page, report);
        }

        output.Write(Encoding.UTF8.GetBytes(page.ToString()));
    }

    private static void WriteTargets(MarkdownPage page, ScanReport report)
    {
        page.Line("| target | checked | findings |");
        page.Line("| --- | --- | --- |");
        Left(page, page.Lines([.. report.Outcomes.Select(RowOf)], TargetsEnd), "targets");
        page.Line();
    }

    private static string RowOf(ScanOutcome outcome)
    {
        var coverage = ScanWords.Coverage(outcome);
        return $"| {Code(outcome.Target)} | {(outcome.Checked is { State: CheckState.Complete } ? coverage : $"**{coverage}**")} | {ScanWords.Findings(outcome)} |";
    }

    private static void WriteGaps(MarkdownPage page, ScanReport report)
    {
        var gaps = Gap.Of(report).ToList();
        if (gaps.Count == 0)
        {
            return;
        }

        page.Line("**Not checked or not shown:** that nothing is listed for these says nothing.");
        page.Line();
        Left(page, page.Lines([.. gaps.Select(gap => $"- {(gap.Target is null ? "" : $"{Code(gap.Target)}: ")}{Code(gap.Text)}")], GapsEnd), "gaps");
        page.Line();
    }

    private static void WriteViolations(MarkdownPage page, ScanReport report)
    {
        var lines = report.Outcomes
            .SelectMany(outcome => outcome.Verdicts.SelectMany(verdict => verdict.Lines).Select(line => $"- {Code(outcome.Target)}: {Code(line)}"))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        if (lines.Count > 0)
        {
            page.Line("### Policies");
            Left(page, page.Lines(lines, ViolationsEnd), "violations");
            page.Line();
        }
    }

    private static void WriteRemedies(MarkdownPage page, ScanReport report)
    {
        var places = new PlacedFindings(report);
        var remedies = RemedyList.Of(ScanWords.Affected(report.Outcomes));
        var steps = remedies.Where(remedy => remedy.Kind != RemedyKind.NoFix).ToImmutableArray();
        if (remedies.IsEmpty)
        {
            return;
        }

        page.Line("### What to do first");
        if (steps.IsEmpty)
        {
            page.Line("No fix is known for any of them.");
        }
        else
        {
            WriteTable(page, [.. steps.Take(FirstRows)], places, StepsEnd);
        }

        page.Line();
        ImmutableArray<Remedy> rest = [.. steps.Skip(FirstRows), .. remedies.Where(remedy => remedy.Kind == RemedyKind.NoFix)];
        if (!rest.IsEmpty)
        {
            page.Line($"<details><summary>{FindingWords.Count(rest.Length, "package more", "packages more")}, none more pressing or without a known fix</summary>");
            page.Line();
            WriteTable(page, rest, places, MarkdownPage.Limit);
            page.Line();
            page.Line("</details>");
        }
    }

    private static void WriteTable(MarkdownPage page, ImmutableArray<Remedy> remedies, PlacedFindings places, int upTo)
    {
        page.Line("| why | package | do | settles | in |");
        page.Line("| --- | --- | --- | --- | --- |");
        Left(page, page.Lines([.. remedies.Select(remedy => RowOf(remedy, places))], upTo), "packages");
    }

    private static string RowOf(Remedy remedy, PlacedFindings places)
    {
        var step = remedy.Kind switch { RemedyKind.Remove => "**remove it**", RemedyKind.Update => $"update to {Code(remedy.UpdateTo!)}", _ => "no fix is known" };
        var flaws = remedy.Flaws.ToList();
        var settles = flaws.Count == 1 ? MarkdownText.Link(flaws[0].Id) : $"{FindingWords.Number(flaws.Count)}: {FindingWords.Severities(flaws)}; first {MarkdownText.Link(flaws[0].Id)}";
        var targets = places.PlacesOf(remedy.Findings).Count;
        var where = targets == 1 ? Code(places.TargetOf(flaws[0])) : $"{FindingWords.Number(targets)} targets";
        return $"| {FindingWords.Sign(flaws[0])} | {Code(remedy.Package)} {Code(remedy.Version)} | {step} | {settles} | {where} |";
    }

    private static string Code(string text) => MarkdownText.Code(text.Length > LongestText ? text[..(LongestText - 1)] + "…" : text);

    private static void Left(MarkdownPage page, int left, string what)
    {
        if (left > 0)
        {
            page.Line();
            page.Line($"**{FindingWords.Number(left)} more {what} are not shown:** a comment may have {FindingWords.Number(MarkdownPage.Limit)} characters. The JSON report has all of them.");
        }
    }
}
