using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Findings;

namespace OssRuntime.Advisories.Tests.Matching;

public class SeverityRuleTests
{
    private const string Critical31 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    private const string Low31 = "CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N";
    private const string Newest = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:L/SC:N/SI:N/SA:N";

    [Fact]
    public async Task The_newest_version_wins_among_the_vectors_that_matched()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("GHSA-aaaa-bbbb-cccc", "npm", "left", "introduced 0", Vectors(Critical31, Newest)));

        var finding = Assert.Single(database.Findings(Components.Npm("left", "1.0.0")));

        Assert.Equal((Newest, Severity.Medium, 6.9), (finding.Vector, finding.Severity, finding.Score));
        Assert.Equal("CVSS 4.0 by GHSA-aaaa-bbbb-cccc of osv/npm; GHSA-aaaa-bbbb-cccc of osv/npm says 9.8", finding.VectorReason);
    }

    [Fact]
    public async Task The_packages_own_vector_stands_before_the_records()
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Of(
            "GHSA-aaaa-bbbb-cccc", "npm", "left", $$"""{{Records.Ranges("introduced 0")}}, "severity": [ { "type": "CVSS_V3", "score": "{{Low31}}" } ]""", Vectors(Critical31)));

        Assert.Equal(Low31, Assert.Single(database.Findings(Components.Npm("left", "1.0.0"))).Vector);
    }

    [Fact]
    public async Task An_erratum_for_several_flaws_rates_the_worst_of_them_and_is_asked_second()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("ALSA-1", "AlmaLinux:9", "left", "introduced 0, fixed 2", Vectors(Critical31) + "\"upstream\": [\"CVE-2026-1\", \"CVE-2026-2\"],"),
            Records.Range("ALSA-2", "AlmaLinux:9", "left", "introduced 0, fixed 2", Vectors(Low31) + "\"upstream\": [\"CVE-2026-1\"],"));

        var findings = database.Findings(Components.Of("AlmaLinux:9", "generic", "left", "1"));

        Assert.Equal(["CVE-2026-2", "CVE-2026-1"], findings.Select(finding => finding.Id));
        Assert.Equal("CVSS 3.1 by ALSA-1 of osv/AlmaLinux, which speaks of several flaws", findings[0].VectorReason);
        Assert.Equal("CVSS 3.1 by ALSA-2 of osv/AlmaLinux; ALSA-1 of osv/AlmaLinux says 9.8", findings[1].VectorReason);
    }

    [Fact]
    public async Task A_vector_is_filled_in_from_another_record_of_the_flaw_and_that_is_told()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("PYSEC-2026-1", "PyPI", "left", "introduced 0", "\"aliases\": [\"CVE-2026-1\"],"),
            Records.Range("BIT-left-1", "Bitnami", "left", "introduced 0", Vectors(Critical31) + "\"aliases\": [\"CVE-2026-1\"],"));

        var finding = Assert.Single(database.Findings(Components.PyPI("left", "1.0")));

        Assert.Equal((Severity.Critical, 9.8), (finding.Severity, finding.Score));
        Assert.Equal("CVSS 3.1 by BIT-left-1 of osv/Bitnami, filled in: no advisory on this package gives a vector", finding.VectorReason);
    }

    [Fact]
    public async Task A_distributions_own_word_stands_before_a_vector_from_elsewhere()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("RLSA-1", "Rocky Linux:9", "left", "introduced 0, fixed 2", "\"upstream\": [\"CVE-2026-1\"], \"database_specific\": {\"severity\": \"Moderate\"},"),
            Records.Range("BIT-left-1", "Bitnami", "left", "introduced 0", Vectors(Critical31) + "\"aliases\": [\"CVE-2026-1\"],"));

        var finding = Assert.Single(database.Findings(Components.Of("Rocky Linux:9", "generic", "left", "1")));

        Assert.Equal((Severity.Medium, null), (finding.Severity, finding.Score));
        Assert.Equal("'Moderate' by RLSA-1 of osv/Rocky Linux, the distribution's own word", finding.VectorReason);
    }

    [Fact]
    public async Task A_vector_that_is_none_is_passed_over()
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range(
            "GHSA-aaaa-bbbb-cccc", "npm", "left", "introduced 0", Vectors("CVSS:3.1/AV:N/nonsense", Low31)));

        Assert.Equal(Low31, Assert.Single(database.Findings(Components.Npm("left", "1.0.0"))).Vector);
    }

    [Theory]
    [InlineData("CRITICAL", Severity.Critical)]
    [InlineData("Important", Severity.High)]
    [InlineData("MODERATE", Severity.Medium)]
    [InlineData("negligible", Severity.Low)]
    [InlineData("unimportant", Severity.Low)]
    [InlineData("not yet assigned", Severity.Unknown)]
    public async Task Words_of_all_publishers_are_understood(string word, Severity severity)
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("GHSA-aaaa-bbbb-cccc", "npm", "left", "introduced 0", $"\"database_specific\": {{ \"severity\": \"{word}\" }},"));

        Assert.Equal(severity, Assert.Single(database.Findings(Components.Npm("left", "1.0.0"))).Severity);
    }

    private static string Vectors(params string[] vectors) =>
        $"\"severity\": [ {string.Join(", ", vectors.Select(vector => $"{{ \"type\": \"CVSS\", \"score\": \"{vector}\" }}"))} ], ";
}
