using System.Text;
using System.Text.RegularExpressions;
using OssRuntime.Cli.Output;
using OssRuntime.Cli.Output.Markdown;
using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Tests.Output;

/// <summary>The comment on a pull request.</summary>
public sealed class MarkdownReportTests
{
    [Fact]
    public void It_begins_with_what_was_checked_and_what_was_not()
    {
        var text = Write(Samples.Report);
        Assert.StartsWith("<!-- ossruntime scan -->\n## 5 known flaws (1 malicious, 1 critical, 1 high, 1 low, 1 unknown), and NOT everything was checked\n", text, StringComparison.Ordinal);
        Assert.Contains("| `registry.example:5000/shop/web:1.4` | **3 of 4 components** |", text, StringComparison.Ordinal);
        Assert.Contains("| `sbom:clean.json` | all 1 components | none |", text, StringComparison.Ordinal);
        Assert.Contains("| `rootfs:/build/root` | **0 of 1 components** | not known |", text, StringComparison.Ordinal);
        Assert.Contains("- `rootfs:/build/root`: `1 of 1 components not checked: no advisories for Debian 12 in this database`", text, StringComparison.Ordinal);
        Assert.Contains("could not be read: there is no such folder", text, StringComparison.Ordinal);
        Assert.Contains("the advisory database is old", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("**Not checked or not shown:**", StringComparison.Ordinal) < text.IndexOf("### What to do first", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("No known flaw, and everything was checked", "Clean")]
    [InlineData("No known flaw in what was checked, and NOT everything was checked", "Clean", "Unchecked")]
    [InlineData("No known flaw in what was checked, and NOT everything was checked", "Clean", "Broken")]
    [InlineData("NOTHING was checked", "Unchecked")]
    [InlineData("NOTHING was checked", "Broken")]
    public void No_flaw_is_never_said_of_what_was_not_checked(string expected, params string[] targets)
    {
        var outcomes = targets.Select(name => name switch { "Clean" => Samples.Clean, "Unchecked" => Samples.Unchecked, _ => Samples.Broken });
        Assert.Contains($"## {expected}\n", Write(new ScanReport(Samples.Fresh, [.. outcomes], Samples.Day, default)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_user_hid_is_counted_and_not_called_none()
    {
        var hidden = Samples.Clean with { Hidden = 3, HiddenBy = "--severity high" };
        var text = Write(new ScanReport(Samples.Fresh, [hidden], Samples.Day, default));
        Assert.Contains("## No flaw of those that were asked for, and everything was checked\n", text, StringComparison.Ordinal);
        Assert.Contains("| none that was asked for; 3 hidden by --severity high |", text, StringComparison.Ordinal);
        Assert.Contains("- `sbom:clean.json`: `3 findings hidden by --severity high`", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_is_a_package_and_a_step_and_the_most_pressing_is_on_top()
    {
        var rows = Write(Samples.Report).Split('\n').SkipWhile(line => line != "### What to do first").Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2).ToList();
        Assert.StartsWith("| malicious |", rows[0], StringComparison.Ordinal);
        Assert.Contains("**remove it**", rows[0], StringComparison.Ordinal);
        Assert.StartsWith("| exploited | `openssl` `3.0.11-1` | update to `3.0.14-1` | 2: 1 critical, 1 high; first [CVE-2026-0001](https://nvd.nist.gov/vuln/detail/CVE-2026-0001) |", rows[1], StringComparison.Ordinal);
        Assert.Contains("<details><summary>1 package more, none more pressing or without a known fix</summary>", Write(Samples.Report), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_an_image_says_is_read_as_Markdown()
    {
        var outside = Regex.Replace(Write(Samples.Report), @"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", "", RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        Assert.DoesNotContain("script", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("everyone", outside, StringComparison.Ordinal);
        Assert.DoesNotContain("evil.example", outside, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', Write(Samples.Report));
        Assert.DoesNotContain('\u001b', Write(Samples.Report));
    }

    [Theory]
    [InlineData("a|b", "`a\\|b`")]
    [InlineData("a`b", "``a`b``")]
    [InlineData("`", "`` ` ``")]
    [InlineData("", "(empty)")]
    [InlineData("a\nb", "`a\uFFFDb`")]
    public void Text_is_code_on_one_line(string text, string expected) => Assert.Equal(expected, MarkdownText.Code(text));

    [Fact]
    public void It_fits_into_a_comment_and_says_what_was_cut()
    {
        var findings = Enumerable.Range(0, 5_000).Select(i =>
            Samples.Finding($"CVE-2026-{i:0000}", Samples.Component("npm", $"package-{i}-{new string('x', i % 300)}", "1.0.0", "npm", "a"), Severity.High) with { FixedIn = "2.0.0" });
        var outcomes = Enumerable.Range(0, 1_000).Select(i => Samples.Unchecked with { Target = $"registry.example/image-{i}:{new string('t', 120)}" });
        var text = Write(new ScanReport(Samples.Fresh, [.. outcomes, Samples.Clean with { Findings = [.. findings] }], Samples.Day, default));
        Assert.InRange(text.Length, 50_000, MarkdownPage.Limit);
        Assert.Matches(@"\*\*[\d,]+ more targets are not shown:\*\*", text);
        Assert.Matches(@"\*\*[\d,]+ more gaps are not shown:\*\*", text);
        Assert.Matches(@"\*\*[\d,]+ more packages are not shown:\*\*", text);
        Assert.EndsWith("</details>\n", text, StringComparison.Ordinal);
    }

    private static string Write(ScanReport report)
    {
        using var stream = new MemoryStream();
        MarkdownReport.Write(stream, report);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
