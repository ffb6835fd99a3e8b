using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Findings;

namespace OssRuntime.Advisories.Tests.Feeds.Nvd;

public class NvdFeedTests
{
    private const string Page = """
        { "resultsPerPage": 3, "format": "NVD_CVE", "version": "2.0", "vulnerabilities": [
          { "cve": { "id": "CVE-2024-0001", "lastModified": "2024-05-06T07:08:09.010", "vulnStatus": "Analyzed",
              "descriptions": [ { "lang": "es", "value": "un error" }, { "lang": "en", "value": "a flaw" } ],
              "metrics": { "cvssMetricV31": [
                { "source": "cna@example.org", "type": "Secondary", "cvssData": { "vectorString": "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N" } },
                { "source": "nvd@nist.gov", "type": "Primary", "cvssData": { "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" } } ],
                "cvssMetricV2": [ { "cvssData": { "vectorString": "AV:N/AC:L/Au:N/C:P/I:P/A:P" } } ] } } },
          { "cve": { "id": "CVE-2024-0002", "vulnStatus": "Rejected" } },
          { "cve": { "id": "CVE-1999-0001", "vulnStatus": "Modified" } },
          { "cve": 7 } ] }
        """;

    [Fact]
    public async Task The_analysis_of_NVD_fills_in_a_missing_vector()
    {
        using var database = await OfAsync(Page);

        var finding = Assert.Single(database.Findings(Components.Npm("left", "1.0.0")));

        Assert.Equal((Severity.Critical, 9.8), (finding.Severity, finding.Score!.Value));
        Assert.StartsWith("CVSS 3.1 by CVE-2024-0001 of nvd, filled in", finding.VectorReason, StringComparison.Ordinal);
        Assert.EndsWith("; CVE-2024-0001 of nvd says 4.0; CVE-2024-0001 of nvd says 7.5".Split(';')[1], finding.VectorReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejected_unnamed_and_broken_entries_are_counted()
    {
        using var database = await OfAsync(Page);

        var source = database.Info.Sources.Single(source => source.Name == "nvd");
        Assert.Equal((4, 1, 3), ((int)source.Read, (int)source.Kept, (int)source.Skipped));
        Assert.Equal(
            ["no advisory names it", "the CVE is not published, or was rejected", "the record has no id"],
            source.Reasons.Select(reason => reason.Reason).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{ \"message\": \"forbidden\" }")]
    [InlineData("[]")]
    [InlineData("{ \"vulnerabilities\": [ {")]
    public async Task A_page_of_another_kind_is_a_failed_file(string page)
    {
        using var database = await OfAsync(page);

        Assert.Single(database.Info.Sources.Single(source => source.Name == "nvd").Failures);
    }

    private static Task<TestDatabase> OfAsync(string page) => TestDatabase.OfFilesAsync(new Dictionary<string, string>
    {
        ["osv/npm/GHSA-aaaa-bbbb-cccc.json"] = Records.Range("GHSA-aaaa-bbbb-cccc", "npm", "left", "introduced 0, fixed 2.0.0", "\"aliases\": [\"CVE-2024-0001\"],"),
        ["nvd/rest/json/cves/2.0.json"] = page,
    });
}
