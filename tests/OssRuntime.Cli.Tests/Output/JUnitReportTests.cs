using System.Xml.Linq;
using OssRuntime.Cli.Output;
using OssRuntime.Cli.Output.JUnit;
using OssRuntime.Cli.Policies;

namespace OssRuntime.Cli.Tests.Output;

/// <summary>A scan as tests of a pipeline.</summary>
public sealed class JUnitReportTests
{
    [Fact]
    public void A_package_with_flaws_fails_where_no_gate_is_set()
    {
        var suite = Suite(Samples.Report, Samples.Web.Target);
        var failed = suite.Elements("testcase").Where(test => test.Element("failure") is not null).ToList();
        Assert.Equal(3, failed.Count);
        var openssl = failed.Single(test => Text(test, "name").StartsWith("openssl 3.0.11-1", StringComparison.Ordinal));
        Assert.Equal("Debian:12", Text(openssl, "classname"));
        Assert.Equal("3 flaws: 1 critical, 1 high, 1 low", Text(openssl.Element("failure")!, "message"));
        Assert.StartsWith("CVE-2026-0001 critical, exploited: a flaw; fixed in 3.0.14-1\n", openssl.Element("failure")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_checked_is_skipped_with_the_reason_and_what_could_not_be_read_is_an_error()
    {
        var root = Root(Samples.Report);
        Assert.Equal(
            ["1 of 4 components not checked: no advisories for Go in this database", "1 of 1 components not checked: no advisories for Debian 12 in this database", "newest record 100 days old, age of the file not known"],
            root.Descendants("skipped").Select(skipped => Text(skipped, "message")));
        Assert.Equal("SourceNotFound", Text(Assert.Single(root.Descendants("error")), "type"));
        Assert.Equal(("3", "1", "3"), (Text(root, "skipped"), Text(root, "errors"), Text(root, "failures")));
    }

    [Fact]
    public void A_target_that_was_checked_and_has_nothing_passes()
    {
        var suite = Suite(Samples.Report, Samples.Clean.Target);
        var test = Assert.Single(suite.Elements("testcase"));
        Assert.Equal("1 of 1 components checked", Text(test, "name"));
        Assert.Empty(test.Elements());
    }

    [Fact]
    public void Where_a_gate_is_set_what_hits_it_fails_and_nothing_else()
    {
        var (failOn, error) = FailOn.Parse("severity=Critical");
        Assert.Null(error);
        var judge = new PolicyEvaluator(new PolicyRequest { FailOn = [failOn!] }, Samples.Day, default);
        var web = Samples.Web with { Verdicts = judge.Judge(new JudgedImage("web", Samples.Web.Inventory, Samples.Web.Checked, Samples.Web.Findings, [])) };
        var failed = Assert.Single(Root(Samples.Report with { Outcomes = [web], Judge = judge }).Descendants("failure"));
        Assert.Equal("policy", Text(failed.Parent!, "classname"));
        Assert.Contains("CVE-2026-0001", failed.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_text_can_stand_in_XML()
    {
        var hostile = Samples.Web with { Target = "a\uD800b\uFFFEc\u0001d<&>" };
        Assert.Equal("a\uFFFDb\uFFFDc\uFFFDd<&>", Text(Root(Samples.Report with { Outcomes = [hostile] }).Elements("testsuite").First(), "name"));
    }

    private static XElement Root(ScanReport report)
    {
        using var stream = new MemoryStream();
        JUnitReport.Write(stream, report);
        stream.Position = 0;
        return XDocument.Load(stream).Root!;
    }

    private static XElement Suite(ScanReport report, string target) => Root(report).Elements("testsuite").Single(suite => Text(suite, "name") == target);

    private static string Text(XElement element, string attribute) => element.Attribute(attribute)!.Value;
}
