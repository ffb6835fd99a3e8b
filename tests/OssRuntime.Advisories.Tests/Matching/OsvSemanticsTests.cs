using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Findings;

namespace OssRuntime.Advisories.Tests.Matching;

public class OsvSemanticsTests
{
    [Theory]
    [InlineData("introduced 0, fixed 1.2.0", "1.1.9", true)]
    [InlineData("introduced 0, fixed 1.2.0", "1.2.0", false)]
    [InlineData("introduced 1.0.0, fixed 1.2.0", "0.9.0", false)]
    [InlineData("introduced 1.0.0, fixed 1.2.0", "1.0.0", true)]
    [InlineData("introduced 1.0.0, last_affected 1.2.0", "1.2.0", true)]
    [InlineData("introduced 1.0.0, last_affected 1.2.0", "1.2.1", false)]
    [InlineData("introduced 1.0.0", "99.0.0", true)]
    [InlineData("introduced 0", "0.0.1-alpha", true)]
    [InlineData("introduced 0, fixed 1.0.0, introduced 2.0.0, fixed 2.5.0", "1.5.0", false)]
    [InlineData("introduced 0, fixed 1.0.0, introduced 2.0.0, fixed 2.5.0", "2.4.9", true)]
    [InlineData("introduced 2.0.0, fixed 2.5.0, introduced 0, fixed 1.0.0", "0.5.0", true)]
    [InlineData("fixed 1.0.0, introduced 0, fixed 2.5.0, introduced 2.0.0", "1.5.0", false)]
    [InlineData("introduced 0, limit 3.0.0", "2.9.0", true)]
    [InlineData("introduced 0, limit 3.0.0", "3.0.0", false)]
    [InlineData("introduced 0, fixed 2.0.0, limit *", "1.0.0", true)]
    [InlineData("introduced 1.0.0, fixed 1.0.0", "1.0.0", false)]
    public async Task A_range_is_evaluated_by_the_last_event_at_or_before_the_version(string events, string version, bool affected)
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range("CVE-2026-1", "npm", "left", events));

        Assert.Equal(affected, database.Findings(Components.Npm("left", version)).Count == 1);
    }

    [Theory]
    [InlineData("1.0.0", true)]
    [InlineData("1.5.0", true)]
    [InlineData("2.0.0", false)]
    [InlineData("3.1.0", true)]
    public async Task A_version_is_affected_where_any_range_or_the_list_has_it(string version, bool affected)
    {
        var statement = $"{Records.Versions("1.5.0")}, {Records.Ranges("introduced 0, fixed 1.1.0", "introduced 3.0.0, fixed 3.2.0")}";
        using var database = await TestDatabase.OfRecordsAsync(Records.Of("CVE-2026-1", "npm", "left", statement));

        Assert.Equal(affected, database.Findings(Components.Npm("left", version)).Count == 1);
    }

    [Fact]
    public async Task Listed_versions_alone_are_enough()
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Of("CVE-2026-1", "npm", "left", Records.Versions("1.0.0", "1.2.0")));

        Assert.Single(database.Findings(Components.Npm("left", "1.2.0")));
        Assert.Empty(database.Findings(Components.Npm("left", "1.1.0")));
    }

    [Theory]
    [InlineData("PyPI", "pypi", "2.0", "2.0.0")]
    [InlineData("PyPI", "pypi", "1.0rc1", "1.0.0-rc.1")]
    [InlineData("npm", "npm", "1.0.0", "v1.0.0")]
    public async Task A_listed_version_is_found_under_another_spelling(string ecosystem, string type, string listed, string installed)
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Of("CVE-2026-1", ecosystem, "left", Records.Versions(listed)));

        Assert.Single(database.Findings(Components.Of(ecosystem, type, "left", installed)));
    }

    [Fact]
    public async Task Ranges_of_commits_are_ignored()
    {
        const string Git = """ "ranges": [ { "type": "GIT", "repo": "https://example.com/r", "events": [ { "introduced": "0" } ] } ], "versions": [ "1.0.0" ] """;
        using var database = await TestDatabase.OfRecordsAsync(Records.Of("CVE-2026-1", "npm", "left", Git));

        Assert.Single(database.Findings(Components.Npm("left", "1.0.0")));
        Assert.Empty(database.Findings(Components.Npm("left", "2.0.0")));
    }

    [Fact]
    public async Task A_withdrawn_record_affects_nothing_and_is_still_explained()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("CVE-2026-1", "npm", "left", "introduced 0", "\"withdrawn\": \"2026-02-01T00:00:00Z\","));

        Assert.Empty(database.Findings(Components.Npm("left", "1.0.0")));
        var candidate = Assert.Single(database.Explain(Components.Npm("left", "1.0.0")).Lookups[0].Candidates);
        Assert.Equal("the advisory was withdrawn", candidate.Reason);
    }

    [Fact]
    public async Task A_range_of_type_semver_is_compared_in_an_ecosystem_that_nobody_knows()
    {
        const string Range = """ "ranges": [ { "type": "SEMVER", "events": [ { "introduced": "1.0.0" }, { "fixed": "1.10.0" } ] } ] """;
        using var database = await TestDatabase.OfRecordsAsync(Records.Of("NEW-1", "Newland", "thing", Range));

        Assert.Single(database.Findings(Components.Of("Newland", "generic", "thing", "1.9.0")));
        Assert.Empty(database.Findings(Components.Of("Newland", "generic", "thing", "1.10.0")));
    }

    [Fact]
    public async Task A_version_that_cannot_be_compared_is_told_and_not_guessed()
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range("CVE-2026-1", "PyPI", "left", "introduced 0, fixed 1.0"));

        var result = database.Match(Components.PyPI("left", "not a version"));

        Assert.Empty(result.Findings);
        Assert.Single(result.Uncompared);
    }

    [Theory]
    [InlineData("RubyGems", "gem", "1.4.2-x86_64-darwin", true)]
    [InlineData("RubyGems", "gem", "1.5.0-java", false)]
    [InlineData("RubyGems", "gem", "1.5.0.rc1", true)]
    [InlineData("Go", "golang", "1.5rc1", true)]
    [InlineData("Go", "golang", "1.6rc1", false)]
    [InlineData("Pub", "pub", "v1.4.0", true)]
    [InlineData("Pub", "pub", "v1.5.0", false)]
    [InlineData("npm", "npm", "1.4", true)]
    [InlineData("npm", "npm", "1.5", false)]
    [InlineData("crates.io", "cargo", "v1.4.9", true)]
    [InlineData("crates.io", "cargo", "v1.10.0", false)]
    [InlineData("PyPI", "pypi", "1.9-final-fix", true)]
    public async Task A_version_that_the_order_itself_refuses_is_compared_as_it_is_meant(string ecosystem, string type, string version, bool isAffected)
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range("CVE-2026-1", ecosystem, "left", "introduced 0, fixed 1.5.0"));

        var result = database.Match(Components.Of(ecosystem, type, "left", version));

        Assert.Equal(isAffected ? 1 : 0, result.Findings.Length);
        Assert.Empty(result.Uncompared);
    }

    [Theory]
    [InlineData("npm", "npm", "latest")]
    [InlineData("PyPI", "pypi", "main")]
    [InlineData("NuGet", "nuget", "$(Version)")]
    public async Task A_version_without_a_number_is_told_by_the_name_of_its_component(string ecosystem, string type, string version)
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range("CVE-2026-1", ecosystem, "left", "introduced 0, fixed 1.5.0"));

        Assert.Contains("left", Assert.Single(database.Match(Components.Of(ecosystem, type, "left", version)).Uncompared).Purl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_fix_is_the_end_of_the_range_that_matched()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("CVE-2026-1", "npm", "left", "introduced 1.0.0, fixed 1.9.3, introduced 2.0.0, fixed 2.4.1"));

        var finding = Assert.Single(database.Findings(Components.Npm("left", "1.2.0")));

        Assert.Equal("1.9.3", finding.FixedIn);
        Assert.Equal(">= 1.0.0, < 1.9.3", finding.Sources[0].Matched);
        Assert.Equal(FindingStatus.Affected, finding.Status);
    }
}
