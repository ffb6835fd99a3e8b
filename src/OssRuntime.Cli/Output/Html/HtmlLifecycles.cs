using System.Globalization;
using OssRuntime.Model.Lifecycles;

namespace OssRuntime.Cli.Output.Html;

/// <summary>Writes how long what is in the targets is supported: a line of time, and the same in words.</summary>
internal static class HtmlLifecycles
{
    // What is further away is drawn at the edge.
    private const int MostDays = 3 * 365;
    private const int Middle = 100;

    public static void Write(HtmlPage page, ScanReport report)
    {
        page.Raw("<section id=\"lifecycle\" aria-labelledby=\"lifecycle-title\"><h2 id=\"lifecycle-title\">End of life</h2>\n");
        var all = report.Outcomes.SelectMany(outcome => outcome.Lifecycles)
            .GroupBy(status => (status.Product, status.Cycle, status.State, status.EndOfLife))
            .Select(same => (Status: same.First(), Subjects: same.Select(status => status.Subject).Distinct(StringComparer.Ordinal).ToList()))
            .OrderBy(entry => entry.Status.DaysUntilEndOfLife ?? int.MaxValue)
            .ToList();
        if (all.Count == 0)
        {
            page.Raw("<p>Not known: the database has no support dates for what is in the targets.</p></section>\n");
            return;
        }

        page.Raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"End of life\"><table><caption>The soonest first. The line in the middle is the day of the scan.</caption><thead><tr><th scope=\"col\">Product</th><th scope=\"col\">State</th><th scope=\"col\">Support ends</th><th scope=\"col\">Timeline</th><th scope=\"col\">Found on</th></tr></thead><tbody>\n");
        foreach (var (status, subjects) in all)
        {
            page.Raw("<tr>");
            page.Element("th scope=\"row\"", $"{status.Product} {status.Cycle}");
            page.Element($"td class=\"{ClassOf(status.State)}\"", WordOf(status.State));
            page.Element("td", EndOf(status));
            page.Raw("<td class=\"bar\">");
            WriteBar(page, status.DaysUntilEndOfLife);
            page.Raw("</td>");
            page.Element("td", subjects.Count == 1 ? subjects[0] : $"{subjects[0]} and {subjects.Count - 1} more");
            page.Raw("</tr>\n");
        }

        page.Raw("</tbody></table></div></section>\n");
    }

    private static void WriteBar(HtmlPage page, int? days)
    {
        if (days is not { } known)
        {
            page.Raw("–");
            return;
        }

        var length = Math.Abs(Math.Clamp(known, -MostDays, MostDays)) * Middle / MostDays;
        var start = known < 0 ? Middle - length : Middle;
        page.Raw(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 200 16\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\"><line class=\"axis\" x1=\"0\" x2=\"200\" y1=\"8\" y2=\"8\"/><rect class=\"{(known < 0 ? "over" : "left")}\" x=\"{start}\" y=\"4\" width=\"{Math.Max(1, length)}\" height=\"8\"/><line class=\"today\" x1=\"100\" x2=\"100\" y1=\"0\" y2=\"16\"/></svg>"));
    }

    private static string EndOf(LifecycleStatus status) => (status.EndOfLife, status.DaysUntilEndOfLife) switch
    {
        ({ } day, < 0 and var days) => $"{day:yyyy-MM-dd}, {-days} days ago",
        ({ } day, { } days) => $"{day:yyyy-MM-dd}, in {days} days",
        ({ } day, null) => $"{day:yyyy-MM-dd}",
        _ => "no date is known",
    };

    private static string WordOf(LifecycleState state) => state switch
    {
        LifecycleState.EndOfLife => "ended",
        LifecycleState.SecurityOnly => "security fixes only",
        LifecycleState.Supported => "supported",
        _ => "not known",
    };

    private static string ClassOf(LifecycleState state) => state switch
    {
        LifecycleState.EndOfLife => "bad",
        LifecycleState.Supported => "good",
        _ => "warn",
    };
}
