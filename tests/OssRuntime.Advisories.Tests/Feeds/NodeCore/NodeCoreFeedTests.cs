using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Feeds.NodeCore;

public class NodeCoreFeedTests
{
    [Theory]
    [InlineData("18.x || 20.x", "^18.20.4 || ^20.15.1", "18.20.3", "18.20.4")]
    [InlineData("18.x || 20.x", "^18.20.4 || ^20.15.1", "18.20.4", "not affected")]
    [InlineData("18.x || 20.x", "^18.20.4 || ^20.15.1", "20.15.0", "20.15.1")]
    [InlineData("18.x || 20.x", "^18.20.4 || ^20.15.1", "19.9.0", "not affected")]
    [InlineData("18.x || 20.x", "^20.15.1", "18.99.0", null)]
    [InlineData("18.x || 20.x", "^20.15.1", "19.0.0", "not affected")]
    [InlineData("0.10.x || 0.12.x", "^0.10.48 || ^0.12.17", "0.10.47", "0.10.48")]
    [InlineData("0.10.x || 0.12.x", "^0.10.48 || ^0.12.17", "0.11.1", "not affected")]
    [InlineData(">=6.0.0 <6.2.0 || 5.x", "^5.12.0", "6.1.0", null)]
    [InlineData(">=6.0.0 <6.2.0 || 5.x", "^5.12.0", "6.2.0", "not affected")]
    [InlineData("8.5.0", "^8.6.0", "8.5.0", null)]
    [InlineData("8.5.0", "^8.6.0", "8.4.0", "not affected")]
    [InlineData("^4.8.2 || 8.x", "^4.8.5 || ^8.8.0", "4.8.4", "4.8.5")]
    [InlineData("^4.8.2 || 8.x", "^4.8.5 || ^8.8.0", "4.8.1", "not affected")]
    [InlineData("9.7.x || 10.x", "^9.11.2 || ^10.4.1", "9.7.1", null)]
    [InlineData("10.x", ">= 10.9.0", "10.8.0", "10.9.0")]
    [InlineData("<= 10", "^6.14.4 || ^8.11.4 || >= 10.9.0", "8.11.3", "8.11.4")]
    [InlineData("<= 10", "^6.14.4 || ^8.11.4 || >= 10.9.0", "8.11.4", "not affected")]
    [InlineData("<= 10", "^6.14.4 || ^8.11.4 || >= 10.9.0", "7.0.0", null)]
    public async Task A_line_of_Node_is_affected_up_to_its_own_fix(string vulnerable, string patched, string version, string? fix)
    {
        using var database = await OfAsync($$"""{ "7": { "cve": ["CVE-2024-0001"], "vulnerable": "{{vulnerable}}", "patched": "{{patched}}", "severity": "high", "overview": "a flaw" } }""");

        var finding = database.Findings(Node(version)).SingleOrDefault();

        Assert.Equal(fix, finding is null ? "not affected" : finding.FixedIn);
        Assert.Empty(database.Match(Node(version)).Uncompared);
    }

    [Fact]
    public async Task An_advisory_without_CVE_keeps_its_number_and_one_with_several_speaks_of_each()
    {
        using var database = await OfAsync("""
            { "2": { "cve": [], "vulnerable": "8.x", "patched": "^8.1.4", "severity": "unknown", "description": "no CVE" },
              "3": { "cve": ["CVE-2024-0001", "CVE-2024-0002"], "vulnerable": "8.x", "patched": "^8.1.4", "severity": "critical" } }
            """);

        Assert.Equal(
            [("CVE-2024-0001", Severity.Critical), ("CVE-2024-0002", Severity.Critical), ("NODEJS-CORE-2", Severity.Unknown)],
            database.Findings(Node("8.1.3")).Select(finding => (finding.Id, finding.Severity)));
    }

    [Theory]
    [InlineData("{ \"1\": { \"vulnerable\": \"everything\" } }", 1, 0)]
    [InlineData("{ \"1\": 7 }", 1, 0)]
    [InlineData("{ \"1\": { \"vulnerable\": \"99999999999999999999.x\" } }", 1, 0)]
    [InlineData("[", 0, 1)]
    public async Task What_cannot_be_read_is_counted(string content, int skipped, int failures)
    {
        using var database = await OfAsync(content);

        var source = Assert.Single(database.Info.Sources);
        Assert.Equal((skipped, failures), ((int)source.Skipped, source.Failures.Length));
    }

    private static Component Node(string version) => Components.Of("generic", "generic", "node", version) with { Type = ComponentType.Runtime };

    private static Task<TestDatabase> OfAsync(string content) =>
        TestDatabase.OfFilesAsync(new Dictionary<string, string> { ["nodejs-core/vuln/core/index.json"] = content });
}
