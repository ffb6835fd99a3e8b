using System.Collections.Immutable;
using System.Globalization;
using OssRuntime.Cli.Remedies;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Cli.Output.Html;

/// <summary>Writes what there is to do: a row for each package and step, the most pressing first; evidence and places of each are a click away.</summary>
internal sealed class HtmlRemedies(HtmlPage page, ScanReport report)
{
    // A flaw that nobody graded is hidden by no choice of severity.
    private const int UnknownRank = 9;

    private const int MostReferences = 3;

    // Beyond that the evidence is text until a row is opened: a browser would take seconds for elements that nobody looks at.
    private const int MostOpen = 2_000;

    // Rows of a page: with more a browser takes seconds.
    private const int MostRows = 2_000;

    private readonly PlacedFindings _places = new(report);
    private readonly bool _isLarge = report.Outcomes.Sum(outcome => outcome.Findings.Length) > MostOpen;

    public void Write(ImmutableArray<Remedy> remedies)
    {
        page.Raw("<section id=\"todo\" aria-labelledby=\"todo-title\"><h2 id=\"todo-title\">What to do first, the most pressing on top</h2>\n");
        if (remedies.IsEmpty)
        {
            page.Element("p", $"{ScanWords.Title(report)}.");
            page.Raw("</section>\n");
            return;
        }

        WriteFilter();
        if (_isLarge)
        {
            page.Raw("<noscript><p>Evidence and places are shown with JavaScript only, because there are so many. The JSON report has them too.</p></noscript>\n");
        }

        if (remedies.Length > MostRows)
        {
            page.Element("p class=\"gap\"", $"{FindingWords.Number(remedies.Length - MostRows)} of {FindingWords.Number(remedies.Length)} packages are not on this page, the least pressing. The JSON report has all.");
        }

        page.Raw("<p id=\"shown\" class=\"soft\" role=\"status\"></p>\n<ol id=\"remedies\" class=\"plain\">\n");
        foreach (var remedy in remedies.Take(MostRows))
        {
            Write(remedy);
        }

        page.Raw("</ol></section>\n");
    }

    private void WriteFilter()
    {
        page.Raw("<form id=\"filter\" hidden role=\"search\" aria-label=\"Filter what to do\"><label>Search <input type=\"search\" name=\"search\" placeholder=\"package, CVE, path\"></label><label>Severity <select name=\"severity\"><option value=\"0\">all</option><option value=\"3\">medium and above, or unknown</option><option value=\"4\">high and above, or unknown</option><option value=\"5\">critical and above, or unknown</option></select></label>");
        if (report.Outcomes.Length > 1)
        {
            page.Raw("<label>Target <select name=\"target\"><option value=\"\">all</option>");
            for (var i = 0; i < report.Outcomes.Length; i++)
            {
                page.Element($"option value=\"{i}\"", report.Outcomes[i].Target);
            }

            page.Raw("</select></label>");
        }

        page.Raw("<label class=\"tick\"><input type=\"checkbox\" name=\"fixable\"> with a fix</label><label class=\"tick\"><input type=\"checkbox\" name=\"exploited\"> exploited</label><button type=\"reset\">Show all</button></form>\n");
    }

    private void Write(Remedy remedy)
    {
        var flaws = remedy.Flaws.ToList();
        var places = _places.PlacesOf(remedy.Findings);
        var rank = flaws.Max(flaw => flaw.Severity == Severity.Unknown ? UnknownRank : (int)flaw.Severity);
        var sign = FindingWords.Sign(flaws[0]);
        page.Raw($"<li data-severity=\"{rank}\" data-fix=\"{(remedy.Kind == RemedyKind.NoFix ? 0 : 1)}\" data-exploited=\"{(flaws.Exists(flaw => flaw.KnownExploited) ? 1 : 0)}\" data-targets=\"{string.Join(' ', places)}\"><details><summary>");
        page.Element($"span class=\"word {ClassOf(flaws[0])}\"", sign);
        page.Raw(" ");
        page.Element("span class=\"what\"", WhatOf(remedy));
        page.Raw(" ");
        page.Element("span class=\"soft\"", $"{(flaws.Count == 1 ? flaws[0].Id : $"{FindingWords.Number(flaws.Count)}: {FindingWords.Severities(flaws)}")}{(places.Count > 1 ? $"; in {FindingWords.Number(places.Count)} targets" : "")}");
        page.Raw($"</summary>{(_isLarge ? "<script type=\"text/plain\">" : "<div>")}<h3>Where</h3><ul>");
        foreach (var finding in remedy.Findings.DistinctBy(finding => (finding.Component.Purl, finding.Component.Location, _places.TargetOf(finding))))
        {
            WritePlace(finding.Component, _places.TargetOf(finding));
        }

        page.Raw("</ul><h3>Flaws</h3><ul>");
        flaws.ForEach(WriteFlaw);
        page.Raw($"</ul>{(_isLarge ? "</script>" : "</div>")}</details></li>\n");
    }

    private void WritePlace(Component component, string target)
    {
        page.Raw("<li>");
        page.Element("code", component.Location.Path.Length > 0 ? component.Location.Path : "–");
        page.Text($" shows {component.Name} {component.Version} in {target}");
        page.Text(component.Location.Layer is { } layer ? $", layer {layer.Value}" : "");
        page.Text(component.FoundBy.Length > 0 ? $", read by {component.FoundBy}" : "");
        page.Text(component.Evidence is { } evidence ? $"; named by {evidence}" : "");
        page.Raw("</li>");
    }

    private void WriteFlaw(Finding flaw)
    {
        page.Raw("<li>");
        page.Link(AdvisoryAddress.Of(flaw.Id), flaw.Id);
        page.Text($" {FindingWords.Word(flaw.Severity)}{(flaw.Score is { } score ? $" {score.ToString("0.0", CultureInfo.InvariantCulture)}" : "")}: {flaw.Summary}");
        var facts = new List<string> { flaw.KnownExploited ? "known to be exploited" : "in no catalogue of exploited flaws", $"EPSS {FindingWords.Percent(flaw.Epss)}" };
        facts.Add($"priority {PriorityDecider.Decide(flaw, DeployerContext.Assumed)}");
        facts.Add(flaw.FixedIn is { } version ? $"fixed in {version}" : $"no fix is known ({flaw.FixState})");
        if (flaw.Vector is { } vector)
        {
            facts.Add($"{vector}: {flaw.VectorReason}");
        }

        page.Raw("<br>");
        page.Element("span class=\"soft\"", string.Join("; ", facts));
        foreach (var source in flaw.Sources)
        {
            page.Raw("<br>");
            page.Element("span class=\"soft\"", $"{source.Advisory} ({source.Feed}): {source.Matched}");
        }

        foreach (var address in report.References?.Of(flaw).Take(MostReferences) ?? [])
        {
            page.Raw("<br>");
            page.Link(address, address);
        }

        foreach (var exploit in flaw.Exploits)
        {
            page.Raw("<br>Public exploit: ");
            page.Link(exploit.Address, exploit.Address);
        }

        page.Raw("</li>");
    }

    private static string WhatOf(Remedy remedy) => remedy.Kind switch
    {
        RemedyKind.Remove => $"{remedy.Package} {remedy.Version}: remove it",
        RemedyKind.Update => $"{remedy.Package} {remedy.Version} → {remedy.UpdateTo}",
        _ => $"{remedy.Package} {remedy.Version}: no fix is known",
    };

    private static string ClassOf(Finding finding) => PriorityDecider.EvidenceOf(finding).Exploitation switch
    {
        _ when finding.Severity == Severity.Malicious => "malicious",
        Exploitation.Active => "exploited",
        Exploitation.PublicPoc => "poc",
        _ => finding.Severity.ToString().ToLowerInvariant(),
    };
}
