using System.Text.Json;
using OssRuntime.Cli.Output;
using OssRuntime.Cli.Output.Sarif;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Standards;

namespace OssRuntime.Cli.Tests.Output;

/// <summary>SARIF as its standard and GitHub's code scanning want it.</summary>
public sealed class SarifReportTests
{
    [Fact]
    public void The_document_is_valid_SARIF()
    {
        Assert.SkipWhen(StandardSchemas.Missing is not null, StandardSchemas.Missing ?? "");
        using var folder = new TemporaryDirectory();
        foreach (var report in (ScanReport[])[Samples.Report, Samples.Report with { Outcomes = [Samples.Clean], Database = null }])
        {
            File.WriteAllText(folder["report.sarif"], Write(report));
            Assert.Equal("", StandardSchemas.Validate("4", folder["report.sarif"], "sarif-2.1.0-rtm.5.json"));
        }
    }

    [Fact]
    public void What_was_not_checked_is_a_notification_and_a_result()
    {
        var run = Run(Samples.Report);
        var notifications = run.GetProperty("invocations")[0].GetProperty("toolExecutionNotifications").EnumerateArray().Select(Message).ToList();
        Assert.Contains("registry.example:5000/shop/web:1.4: 1 of 4 components not checked: no advisories for Go in this database.", notifications);
        Assert.Contains("rootfs:/build/root: 1 of 1 components not checked: no advisories for Debian 12 in this database.", notifications);
        Assert.Contains(notifications, text => text.Contains("could not be read: there is no such folder", StringComparison.Ordinal));
        Assert.Contains(notifications, text => text.Contains("the advisory database is old", StringComparison.Ordinal));
        Assert.Equal(4, notifications.Count);
        Assert.Equal(notifications, Results(run).Where(result => Text(result, "ruleId").StartsWith("not-", StringComparison.Ordinal)).Select(Message));
        Assert.False(run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
    }

    [Fact]
    public void A_scan_that_checked_everything_and_found_nothing_has_no_results()
    {
        var run = Run(new ScanReport(Samples.Fresh, [Samples.Clean], Samples.Day, default));
        Assert.Empty(Results(run));
        Assert.Equal(0, run.GetProperty("invocations")[0].GetProperty("toolExecutionNotifications").GetArrayLength());
        Assert.True(run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal("Complete", Text(run.GetProperty("properties").GetProperty("targets")[0].GetProperty("checked"), "state"));
    }

    [Theory]
    [InlineData("CVE-2026-0001", "error", "9.8")]
    [InlineData("CVE-2026-0002", "error", "7.5")]
    [InlineData("CVE-2026-0003", "note", "2.0")]
    [InlineData("CVE-2026-0004", "warning", null)]
    [InlineData("MAL-2026-1", "error", "10.0")]
    public void A_rule_says_how_grave_the_flaw_is(string id, string level, string? severity)
    {
        var rule = Rules(Run(Samples.Report)).Single(rule => Text(rule, "id") == id);
        Assert.Equal(level, Text(rule.GetProperty("defaultConfiguration"), "level"));
        Assert.Equal(severity, rule.GetProperty("properties").TryGetProperty("security-severity", out var given) ? given.GetString() : null);
    }

    [Fact]
    public void Every_result_names_a_rule_and_a_place_that_GitHub_takes()
    {
        var run = Run(Samples.Report);
        var rules = Rules(run).Select(rule => Text(rule, "id")).ToList();
        Assert.Equal(rules.Distinct(), rules);
        Assert.All(Results(run), result =>
        {
            Assert.Equal(Text(result, "ruleId"), rules[result.GetProperty("ruleIndex").GetInt32()]);
            var address = Text(result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation"), "uri");
            Assert.True(Uri.IsWellFormedUriString(address, UriKind.Relative), address);
            Assert.DoesNotContain(':', address);
            Assert.DoesNotContain("..", address.Split('/'));
            Assert.DoesNotContain("](", Message(result), StringComparison.Ordinal);
        });
        Assert.All(Rules(run), rule =>
        {
            Assert.InRange(Text(rule.GetProperty("shortDescription"), "text").Length, 1, 1024);
            Assert.InRange(Text(rule, "name").Length, 1, 255);
            Assert.InRange(rule.GetProperty("properties").GetProperty("tags").GetArrayLength(), 1, 10);
        });
    }

    [Theory]
    [InlineData("registry.example:5000/shop/web:1.4", "app/a b.jar!/lib/x:y", "registry.example%3A5000/shop/web/app/a%20b.jar%21/lib/x%3Ay")]
    [InlineData("registry.example/shop/web@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "", "registry.example/shop/web")]
    [InlineData("rootfs:/", "etc/../../x", "etc/x")]
    [InlineData("oci:build/image:1", "./a", "build/image%3A1/a")]
    [InlineData("rootfs:/", "", "target")]
    public void A_place_has_no_scheme_no_tag_and_stays_below_its_target(string target, string path, string expected) =>
        Assert.Equal(expected, SarifPlace.AddressOf(SarifPlace.SubjectOf(target), path));

    [Fact]
    public void A_fingerprint_stays_when_tag_version_and_layer_change()
    {
        var finding = Samples.Finding("CVE-2026-0001", Samples.OpenSsl, Severity.High);
        var other = finding with { Component = Samples.OpenSsl with { Version = "3.0.12-1" }, Summary = "reworded" };
        string Of(string target, params Finding[] findings) => string.Join(' ', Results(Run(new ScanReport(
                Samples.Fresh, [Samples.Clean with { Target = target, Findings = [.. findings] }], Samples.Day, default)))
            .Select(result => Text(result.GetProperty("partialFingerprints"), "primaryLocationLineHash")));

        Assert.Equal(Of("registry.example/web:1", finding), Of("registry.example/web:2", other));
        Assert.NotEqual(Of("registry.example/web:1", finding), Of("registry.example/api:1", finding));
        Assert.Equal(2, Of("registry.example/web:1", finding, other).Split(' ').Distinct().Count());
    }

    [Theory]
    [InlineData("CVE-2026-0005", "accepted", "NotAffected: vulnerable_code_not_present: we never pad: web.openvex.json")]
    [InlineData("CVE-2026-0006", "underReview", "UnderInvestigation: web.openvex.json")]
    [InlineData("CVE-2026-0007", "accepted", "Fixed: backported: web.openvex.json")]
    [InlineData("CVE-2026-0004", null, null)]
    public void What_VEX_sets_aside_is_suppressed_and_says_why(string id, string? status, string? why)
    {
        var result = Results(Run(Samples.Report)).Single(result => Text(result, "ruleId") == id);
        if (status is null)
        {
            Assert.False(result.TryGetProperty("suppressions", out _));
            return;
        }

        var suppression = Assert.Single(result.GetProperty("suppressions").EnumerateArray());
        Assert.Equal((status, why), (Text(suppression, "status"), Text(suppression, "justification")));
    }

    [Fact]
    public void More_results_than_GitHub_takes_are_cut_from_the_end_and_counted()
    {
        var many = Enumerable.Range(0, SarifLimits.Results).Select(i => Samples.Finding($"CVE-2026-{i:00000}", Samples.LeftPad, Severity.Low))
            .Append(Samples.Finding("CVE-2027-1", Samples.OpenSsl, Severity.Critical));
        var run = Run(new ScanReport(Samples.Fresh, [Samples.Clean with { Findings = [.. many] }], Samples.Day, default));
        var results = Results(run);
        Assert.Equal(SarifLimits.Results, results.Count);
        Assert.Contains("2 of 25001 findings are not in this file", Message(results[0]), StringComparison.Ordinal);
        Assert.Equal("CVE-2027-1", Text(results[1], "ruleId"));
    }

    [Fact]
    public void An_inventory_alone_says_that_nothing_was_matched()
    {
        var outcome = Samples.Clean with { Checked = CheckCoverage.Unmatched(Samples.Clean.Inventory!, UncheckedReason.NotMatched) };
        Assert.Equal("not-checked/NotMatched", Text(Assert.Single(Results(Run(new ScanReport(null, [outcome], Samples.Day, default)))), "ruleId"));
    }

    [Fact]
    public void What_the_user_hid_is_a_notification_and_no_alert()
    {
        var run = Run(new ScanReport(Samples.Fresh, [Samples.Clean with { Hidden = 3, HiddenBy = "--severity high" }], Samples.Day, default));
        Assert.Equal("sbom:clean.json: 3 findings hidden by --severity high.", Message(run.GetProperty("invocations")[0].GetProperty("toolExecutionNotifications")[0]));
        Assert.Empty(Results(run));
        Assert.Empty(Rules(run));
    }

    private static string Write(ScanReport report)
    {
        using var stream = new MemoryStream();
        SarifReport.Write(stream, report);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static JsonElement Run(ScanReport report) => JsonDocument.Parse(Write(report)).RootElement.GetProperty("runs")[0];

    private static List<JsonElement> Results(JsonElement run) => [.. run.GetProperty("results").EnumerateArray()];

    private static List<JsonElement> Rules(JsonElement run) => [.. run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray()];

    private static string Message(JsonElement element) => Text(element.GetProperty("message"), "text");

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
