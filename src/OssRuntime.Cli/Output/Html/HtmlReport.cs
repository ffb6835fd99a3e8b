using System.Text;
using OssRuntime.Cli.Remedies;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Output.Html;

/// <summary>
/// Writes one page that needs nothing else: how much was checked and what was not, what there is to do, how long what runs is supported, what VEX set aside. All of
/// it is in the page itself; its script only hides rows.
/// </summary>
internal static class HtmlReport
{
    public static void Write(Stream output, ScanReport report)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        var page = new HtmlPage(writer);
        page.Begin($"{ScanWords.Title(report)} – OssRuntime");
        page.Raw("<a class=\"skip\" href=\"#todo\">Skip to what to do first</a>\n<header>\n");
        page.Element("h1", ScanWords.Title(report));
        page.Raw("\n");
        page.Element("p class=\"soft\"", $"{report.Day:yyyy-MM-dd}. {DatabaseOf(report)}");
        page.Raw("\n<nav aria-label=\"Sections\"><ul><li><a href=\"#checked\">What was checked</a></li><li><a href=\"#todo\">What to do first</a></li><li><a href=\"#lifecycle\">End of life</a></li><li><a href=\"#aside\">Set aside</a></li></ul></nav>\n</header>\n<main>\n");
        WriteTargets(page, report);
        WriteGaps(page, report);
        WriteViolations(page, report);
        new HtmlRemedies(page, report).Write(RemedyList.Of(ScanWords.Affected(report.Outcomes)));
        HtmlLifecycles.Write(page, report);
        WriteAside(page, report);
        page.Raw("</main>\n<footer><p>Written by OssRuntime ");
        page.Text(Model.Builds.BuildVersion.Text);
        page.Raw(". Priorities assume an exposure, because a scan sees no cluster.</p></footer>\n");
        page.End();
    }

    private static string DatabaseOf(ScanReport report) => report.Database is { } database
        ? $"Advisory database {database.Generation}: {database.Age}."
        : "Only an inventory was asked for: nothing was looked up in an advisory database.";

    private static void WriteTargets(HtmlPage page, ScanReport report)
    {
        page.Raw("<section id=\"checked\" aria-labelledby=\"checked-title\"><h2 id=\"checked-title\">What was checked</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Targets\"><table><thead><tr><th scope=\"col\">Target</th><th scope=\"col\">Checked</th><th scope=\"col\">Flaws</th><th scope=\"col\">Digest</th></tr></thead><tbody>\n");
        foreach (var outcome in report.Outcomes)
        {
            page.Raw("<tr>");
            page.Element("th scope=\"row\"", outcome.Target);
            page.Element($"td class=\"{outcome.Checked?.State switch { CheckState.Complete => "good", CheckState.Partly => "warn", _ => "bad" }}\"", ScanWords.Coverage(outcome));
            page.Element("td", ScanWords.Findings(outcome));
            page.Element("td class=\"mono\"", outcome.Inventory?.Digest?.Value ?? "–");
            page.Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div>\n");
    }

    private static void WriteGaps(HtmlPage page, ScanReport report)
    {
        var gaps = Gap.Of(report).ToList();
        if (gaps.Count > 0)
        {
            page.Raw("<h3>Not checked or not shown: that nothing is listed for these says nothing</h3>\n<ul class=\"plain\">\n");
            foreach (var gap in gaps)
            {
                page.Element($"li class=\"gap{(gap.Kind == GapKind.NotRead ? " failure" : "")}\"", gap.Target is null ? gap.Text : $"{gap.Target}: {gap.Text}");
                page.Raw("\n");
            }

            page.Raw("</ul>\n");
        }

        page.Raw("</section>\n");
    }

    private static void WriteViolations(HtmlPage page, ScanReport report)
    {
        var lines = report.Outcomes.SelectMany(outcome => outcome.Verdicts.SelectMany(verdict => verdict.Lines).Select(line => $"{outcome.Target}: {line}")).Distinct(StringComparer.Ordinal).ToList();
        if (lines.Count == 0)
        {
            return;
        }

        page.Raw("<section aria-labelledby=\"policies-title\"><h2 id=\"policies-title\">What policies say</h2>\n<ul>\n");
        lines.ForEach(line => page.Element("li", line));
        page.Raw("</ul></section>\n");
    }

    private static void WriteAside(HtmlPage page, ScanReport report)
    {
        page.Raw("<section id=\"aside\" aria-labelledby=\"aside-title\"><h2 id=\"aside-title\">Set aside by VEX</h2>\n");
        var aside = report.Outcomes.SelectMany(outcome => outcome.Findings.Where(finding => finding.Status != FindingStatus.Affected).Select(finding => (outcome.Target, Finding: finding))).ToList();
        if (aside.Count == 0)
        {
            page.Raw("<p>Nothing.</p></section>\n");
            return;
        }

        page.Raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Set aside by VEX\"><table><thead><tr><th scope=\"col\">Flaw</th><th scope=\"col\">Package</th><th scope=\"col\">Status</th><th scope=\"col\">Why</th><th scope=\"col\">Says</th><th scope=\"col\">Target</th></tr></thead><tbody>\n");
        foreach (var (target, finding) in aside)
        {
            page.Raw("<tr>");
            page.Element("th scope=\"row\"", finding.Id);
            page.Element("td", $"{finding.Component.Name} {finding.Component.Version}");
            page.Element("td", finding.Status.ToString());
            page.Element("td", string.Join(": ", new[] { finding.Vex?.Justification, finding.Vex?.Statement }.OfType<string>()));
            page.Element("td", finding.Vex?.Source ?? "–");
            page.Element("td", target);
            page.Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div></section>\n");
    }
}
