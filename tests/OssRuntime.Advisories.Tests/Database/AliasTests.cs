using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Inventories;

namespace OssRuntime.Advisories.Tests.Database;

/// <summary>Which names are of one flaw, and which CVEs stay two although they share names.</summary>
public sealed class AliasTests
{
    [Fact]
    public async Task A_name_that_two_CVEs_share_does_not_make_them_one()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Of("GHSA-1", "left", "CVE-2026-1", "XSA-1"),
            Of("GHSA-2", "left", "CVE-2026-2", "XSA-1"));

        Assert.Equal(["CVE-2026-1", "CVE-2026-2"], Ids(database));
    }

    [Fact]
    public async Task A_chain_of_names_between_two_CVEs_does_not_make_them_one()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Of("GHSA-1", "left", "CVE-2026-1", "GO-1"),
            Of("GO-1", "left", "PYSEC-2"),
            Of("PYSEC-2", "left", "GHSA-2"),
            Of("GHSA-2", "left", "CVE-2026-2"));

        Assert.Equal(["CVE-2026-1", "CVE-2026-2"], Ids(database));
    }

    [Fact]
    public async Task A_record_with_two_CVEs_speaks_of_both()
    {
        using var database = await TestDatabase.OfRecordsAsync(Of("GHSA-1", "left", "CVE-2026-1", "CVE-2026-2"));

        Assert.Equal(["CVE-2026-1", "CVE-2026-2"], Ids(database));
    }

    [Fact]
    public async Task A_CVE_that_says_it_is_another_one_is_that_one()
    {
        using var database = await TestDatabase.OfRecordsAsync(Of("CVE-2026-2", "left", "CVE-2026-1"), Of("GHSA-1", "left", "CVE-2026-1"));

        Assert.Equal(["CVE-2026-1"], Ids(database));
    }

    [Fact]
    public async Task Names_of_one_CVE_and_names_without_any_are_one_flaw_each()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Of("GHSA-1", "left", "CVE-2026-1"),
            Of("GO-1", "left", "GHSA-1"),
            Of("GHSA-8", "left", "GO-8"),
            Of("GO-8", "left"));

        Assert.Equal(["CVE-2026-1", "GHSA-8"], Ids(database));
    }

    [Theory]
    [InlineData("Alpine:v3.18", "1.9.5p2-r0", "1.9.5p1-r0", "1.9.5p2-r0")]
    [InlineData("Alpine:v3.18", "6.6.2p1-r0", "6.6.1-r0", "6.6.2p1-r0")]
    [InlineData("Alpine:v3.18", "3.1.8.-r0", "3.1.7-r4", "3.1.8-r0")]
    [InlineData("npm", "13.0", "12.9.9", "13.0.0")]
    [InlineData("npm", "2.4.0 (beta)", "2.3.9", "2.4.0")]
    public async Task A_fix_that_is_written_badly_is_read_as_far_as_it_can_be(string ecosystem, string fix, string affected, string @fixed)
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range("CVE-2026-1", ecosystem, "left", $"introduced 0, fixed {fix.Replace(' ', '_')}").Replace('_', ' '));
        var type = ecosystem == "npm" ? "npm" : "apk";

        Assert.Single(Match(database, ecosystem, type, affected).Findings);
        Assert.Empty(Match(database, ecosystem, type, @fixed).Findings);
        Assert.Empty(Match(database, ecosystem, type, @fixed).Uncompared);
    }

    [Fact]
    public async Task A_fix_that_cannot_be_read_at_all_leaves_the_component_uncompared_and_not_clean()
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range("CVE-2026-1", "npm", "left", "introduced 0, fixed someday"));

        var result = Match(database, "npm", "npm", "1.0.0");

        Assert.Empty(result.Findings);
        Assert.Equal("an advisory on it names a version that cannot be compared", Assert.Single(result.Uncompared).Reason);
    }

    private static string Of(string id, string package, params string[] aliases) =>
        Records.Range(id, "npm", package, "introduced 0", $"\"aliases\": [{string.Join(", ", aliases.Select(alias => $"\"{alias}\""))}],");

    private static IEnumerable<string> Ids(TestDatabase database) =>
        Match(database, "npm", "npm", "1.0.0").Findings.Select(finding => finding.Id).Order(StringComparer.Ordinal);

    private static MatchResult Match(TestDatabase database, string ecosystem, string type, string version) => new Matcher(database.Database)
        .Match(new ComponentInventory { Components = [Components.Of(ecosystem, type, "left", version)] }, new DateOnly(2026, 9, 1));
}
