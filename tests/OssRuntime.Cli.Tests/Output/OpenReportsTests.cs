using System.Text.Json;
using OssRuntime.Cli.Output;
using OssRuntime.Cli.Output.OpenReports;
using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Tests.Output;

/// <summary>A scan as objects of the group openreports.io.</summary>
public sealed class OpenReportsTests
{
    [Fact]
    public void Each_target_is_a_report_whose_summary_counts_its_results()
    {
        var items = Items(Samples.Report);
        Assert.Equal(4, items.Count);
        Assert.Equal(4, items.Select(item => item.GetProperty("metadata").GetProperty("name").GetString()).Distinct().Count());
        Assert.All(items, item =>
        {
            Assert.Matches("^[a-z0-9-]{1,63}$", item.GetProperty("metadata").GetProperty("name").GetString());
            var results = item.GetProperty("results").EnumerateArray().CountBy(result => result.GetProperty("result").GetString()!).ToDictionary();
            Assert.All(item.GetProperty("summary").EnumerateObject(), count => Assert.Equal(results.GetValueOrDefault(count.Name), count.Value.GetInt32()));
            Assert.All(item.GetProperty("results").EnumerateArray(), result => Assert.Contains(result.GetProperty("result").GetString(), (string[])["pass", "fail", "warn", "error", "skip"]));
        });
        Assert.Equal(["5 fail", "1 warn", "2 pass", "2 skip"], ((string[])["fail", "warn", "pass", "skip"]).Select(word => $"{items[0].GetProperty("summary").GetProperty(word)} {word}"));
    }

    [Fact]
    public void What_was_not_checked_is_skipped_and_what_could_not_be_read_is_an_error()
    {
        var items = Items(Samples.Report with { Database = Samples.Fresh });
        Assert.Equal(["skip EcosystemNotCovered"], Words(items[2]));
        Assert.Equal(["error SourceNotFound"], Words(items[3]));
        Assert.Empty(Words(items[1]));
        Assert.Equal("all 1 components checked", items[1].GetProperty("metadata").GetProperty("annotations").GetProperty("ossruntime.io/checked").GetString());
    }

    [Fact]
    public void A_severity_that_nobody_states_is_none_of_the_five()
    {
        var result = Items(Samples.Report)[0].GetProperty("results").EnumerateArray().Single(result => result.GetProperty("policy").GetString() == "CVE-2026-0004");
        Assert.False(result.TryGetProperty("severity", out _));
    }

    [Fact]
    public void A_report_stays_small_enough_to_be_stored_and_says_what_is_left_out()
    {
        var findings = Enumerable.Range(0, 3_000).Select(i => Samples.Finding($"CVE-2026-{i:0000}", Samples.LeftPad, Severity.Low) with { Summary = new string('x', 5_000) });
        var report = new ScanReport(Samples.Fresh, [Samples.Clean with { Findings = [.. findings] }], Samples.Day, default);
        var results = Items(report)[0].GetProperty("results");
        Assert.Equal(OpenReportsReport.Most, results.GetArrayLength());
        Assert.Contains("2001 of 3000 findings are not in this report", results[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.InRange(Write(report).Length, 1, 1_500_000);
    }

    private static byte[] Write(ScanReport report)
    {
        using var stream = new MemoryStream();
        OpenReportsReport.Write(stream, report);
        return stream.ToArray();
    }

    private static List<JsonElement> Items(ScanReport report) => [.. JsonDocument.Parse(Write(report)).RootElement.GetProperty("items").EnumerateArray()];

    private static IEnumerable<string> Words(JsonElement item) =>
        item.GetProperty("results").EnumerateArray().Select(result => $"{result.GetProperty("result").GetString()} {result.GetProperty("rule").GetString()}");
}
