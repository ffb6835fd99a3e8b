using OssRuntime.Advisories.Tests.Kit;

namespace OssRuntime.Advisories.Tests.Feeds.RetireJs;

public class RetireJsFeedTests
{
    private static readonly Dictionary<string, string> Files = new()
    {
        ["retirejs/repository/jsrepository.json"] = """{ "old": { "vulnerabilities": [ { "below": "9.9.9", "identifiers": { "CVE": ["CVE-2000-0001"] } } ] } }""",
        ["retirejs/repository/jsrepository-v5.json"] = """
            { "retire-example": { "vulnerabilities": [ { "below": "0.0.2", "identifiers": { "CVE": ["CVE-XXXX-XXXX"] } } ] },
              "angularjs": { "npmname": "angular", "vulnerabilities": [
                { "atOrAbove": "1.3.0", "below": "1.8.4", "severity": "medium", "identifiers": { "summary": "ReDoS", "CVE": ["CVE-2022-25844"], "githubID": "GHSA-m2h2-264f-f486" }, "info": ["https://example.org"] },
                { "below": "1.5.0", "severity": "low", "identifiers": { "summary": "no id" } },
                { "atOrAbove": "1.0.0", "identifiers": { "summary": "no end" } } ] } }
            """,
        ["retirejs/repository/npmrepository.json"] = """{ "hubot-scripts": { "vulnerabilities": [ { "below": "2.4.4", "severity": "high", "info": ["https://example.org/1"] } ] } }""",
    };

    [Fact]
    public async Task A_library_is_asked_for_by_its_name_in_npm()
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        var finding = Assert.Single(database.Findings(Components.Npm("angular", "1.8.3")));

        Assert.Equal(("CVE-2022-25844", "1.8.4"), (finding.Id, finding.FixedIn));
        Assert.Contains("GHSA-m2h2-264f-f486", finding.Aliases);
        Assert.Empty(database.Findings(Components.Npm("angular", "1.8.4"), Components.Npm("angularjs", "1.0.0")));
    }

    [Fact]
    public async Task An_entry_without_ids_has_one_that_stays()
    {
        using var one = await TestDatabase.OfFilesAsync(Files);
        using var another = await TestDatabase.OfFilesAsync(Files);

        var id = Assert.Single(one.Findings(Components.Npm("hubot-scripts", "2.0.0"))).Id;

        Assert.StartsWith("RETIREJS-hubot-scripts-", id, StringComparison.Ordinal);
        Assert.Equal(id, Assert.Single(another.Findings(Components.Npm("hubot-scripts", "2.0.0"))).Id);
        Assert.Equal(2, one.Findings(Components.Npm("angular", "1.4.0")).Count);
    }

    [Fact]
    public async Task The_newest_format_counts_and_what_has_no_end_is_left_out()
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        Assert.Empty(database.Findings(Components.Npm("old", "1.0.0"), Components.Npm("retire-example", "0.0.1")));
        Assert.Equal([(3, 2, 1), (1, 1, 0)], database.Info.Sources.Select(source => ((int)source.Read, (int)source.Kept, (int)source.Skipped)));
    }
}
