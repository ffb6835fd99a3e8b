using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using OssRuntime.Cli.Output;
using OssRuntime.Cli.Output.Html;
using OssRuntime.Cli.Scanning;
using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Tests.Output;

/// <summary>The page for a browser.</summary>
public sealed class HtmlReportTests
{
    [Fact]
    public void It_begins_with_what_was_checked_and_tells_every_gap()
    {
        var text = Write(Samples.Report);
        Assert.Contains("<h1>5 known flaws (1 malicious, 1 critical, 1 high, 1 low, 1 unknown), and NOT everything was checked</h1>", text, StringComparison.Ordinal);
        foreach (var gap in Gap.Of(Samples.Report))
        {
            Assert.Contains(gap.Text, text, StringComparison.Ordinal);
        }

        Assert.True(text.IndexOf("no advisories for Debian 12", StringComparison.Ordinal) < text.IndexOf("What to do first, the", StringComparison.Ordinal));
    }

    [Fact]
    public void No_flaw_is_never_said_of_what_was_not_checked()
    {
        Assert.Contains("<p>No known flaw, and everything was checked.</p>", Write(new ScanReport(Samples.Fresh, [Samples.Clean], Samples.Day, default)), StringComparison.Ordinal);
        foreach (var outcome in (ScanOutcome[])[Samples.Unchecked, Samples.Broken])
        {
            var text = Write(new ScanReport(Samples.Fresh, [outcome], Samples.Day, default));
            Assert.DoesNotContain("No known flaw", text, StringComparison.Ordinal);
            Assert.Contains("<h1>NOTHING was checked</h1>", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Names_that_want_to_be_mark_up_stay_text()
    {
        var text = Write(Samples.Report);
        Assert.Equal(2, Regex.Count(text, "</script>", RegexOptions.None, TimeSpan.FromSeconds(5)) + Regex.Count(text, "</style>", RegexOptions.None, TimeSpan.FromSeconds(5)));
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', text);
        Assert.DoesNotContain('\u001b', text);
        Assert.Contains("evil&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;`|[click]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_loads_nothing_and_runs_only_its_own_script()
    {
        var text = Write(Samples.Report);
        var policy = Regex.Match(text, "Content-Security-Policy\" content=\"([^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Groups[1].Value;
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        foreach (var tag in (string[])["style", "script"])
        {
            var content = Regex.Match(text, $"<{tag}>(.*?)</{tag}>", RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Groups[1].Value;
            Assert.NotEmpty(content);
            Assert.Contains($"{tag}-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'", policy, StringComparison.Ordinal);
        }

        Assert.DoesNotMatch(@"\ssrc=|\sstyle=|\son[a-z]+=", Regex.Replace(text, "<(style|script)>.*?</\\1>|&quot;|onerror=alert", "", RegexOptions.Singleline, TimeSpan.FromSeconds(5)).Replace("img src=x", "", StringComparison.Ordinal));
        Assert.All(Regex.Matches(text, "href=\"([^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(5)), match => Assert.Matches("^(#|https://)", match.Groups[1].Value));
    }

    [Fact]
    public void Evidence_and_path_of_each_flaw_are_in_the_page()
    {
        var text = Write(Samples.Report);
        Assert.Contains("<code>var/lib/dpkg/status</code>", text, StringComparison.Ordinal);
        Assert.Contains("href=\"https://nvd.nist.gov/vuln/detail/CVE-2026-0001\"", text, StringComparison.Ordinal);
        Assert.Contains("known to be exploited; EPSS 90%", text, StringComparison.Ordinal);
        Assert.Contains("vulnerable_code_not_present: we never pad", text, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">debian 12</th>", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flaw_of_unknown_severity_is_hidden_by_no_choice_of_severity() =>
        Assert.Matches("<li data-severity=\"9\"[^>]*><details><summary><span class=\"word unknown\">unknown</span>", Write(Samples.Report));

    [Fact]
    public void Every_element_is_closed_and_every_field_has_a_label()
    {
        var body = Regex.Replace(Write(Samples.Report), "(?s)<(style|script)>.*?</\\1>|<!DOCTYPE html>|<meta[^>]*>|<br>", "", RegexOptions.None, TimeSpan.FromSeconds(5));
        var root = System.Xml.Linq.XDocument.Parse(Regex.Replace(body, "<(input[^>]*)>", "<$1/>", RegexOptions.None, TimeSpan.FromSeconds(5)).Replace(" hidden ", " hidden=\"\" ", StringComparison.Ordinal)).Root!;
        Assert.All(root.Descendants().Where(element => element.Name.LocalName is "input" or "select"), field => Assert.Equal("label", field.Parent!.Name.LocalName));
        Assert.All(root.Descendants("th"), header => Assert.NotNull(header.Attribute("scope")));
        Assert.Single(root.Descendants("main"));
        Assert.Single(root.Descendants("h1"));
        Assert.All(root.Descendants("section"), section => Assert.NotNull(section.Attribute("aria-labelledby")));
    }

    [Fact]
    public void Twenty_thousand_findings_are_all_in_the_page()
    {
        var findings = Enumerable.Range(0, 20_000).Select(i => Samples.Finding($"CVE-2026-{i:00000}", Samples.Component("npm", $"package-{i / 20}", "1.0.0", "npm", $"app/{i / 20}"), Severity.High));
        var text = Write(new ScanReport(Samples.Fresh, [Samples.Clean with { Findings = [.. findings] }], Samples.Day, default));
        Assert.Equal(1_000, Regex.Count(text, "<li data-severity", RegexOptions.None, TimeSpan.FromSeconds(20)));
        Assert.Equal(1_000, Regex.Count(text, "</summary><script type=\"text/plain\"><h3>Where</h3>(?:(?!<script|<!--).)*</ul></script></details></li>", RegexOptions.None, TimeSpan.FromSeconds(20)));
        Assert.Contains("CVE-2026-19999", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1, 16 << 20);
    }

    [Fact]
    public void Packages_that_have_no_room_are_counted()
    {
        var findings = Enumerable.Range(0, 6_000).Select(i => Samples.Finding($"CVE-2026-{i:0000}", Samples.Component("npm", $"package-{i}", "1.0.0", "npm", "a"), Severity.High));
        var text = Write(new ScanReport(Samples.Fresh, [Samples.Clean with { Findings = [.. findings] }], Samples.Day, default));
        Assert.Contains("4,000 of 6,000 packages are not on this page, the least pressing. The JSON report has all.", text, StringComparison.Ordinal);
        Assert.Equal(2_000, Regex.Count(text, "<li data-severity", RegexOptions.None, TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void A_name_that_wants_to_end_the_text_of_a_large_report_stays_text()
    {
        var findings = Enumerable.Range(0, 3_000).Select(i => Samples.Finding($"CVE-2026-{i:0000}", Samples.Bad, Severity.High) with { Summary = Samples.Hostile });
        var text = Write(new ScanReport(Samples.Fresh, [Samples.Clean with { Findings = [.. findings] }], Samples.Day, default));
        Assert.Equal(2, Regex.Count(text, "</script>", RegexOptions.None, TimeSpan.FromSeconds(20)));
        Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
    }

    private static string Write(ScanReport report)
    {
        using var stream = new MemoryStream();
        HtmlReport.Write(stream, report);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
