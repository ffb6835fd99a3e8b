using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;

namespace OssRuntime.Advisories.Tests.Feeds.Cve;

public class CveFeedTests
{
    private const string Vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";

    [Fact]
    public async Task CISA_adds_a_vector_and_its_assessment_to_what_others_say()
    {
        using var database = await OfAsync(Record("CVE-2024-0001", Ssvc("active", "yes", "total")));

        var finding = Assert.Single(database.Findings(Components.Npm("left", "1.0.0")));

        Assert.Equal((Severity.Critical, 9.8, Vector), (finding.Severity, finding.Score!.Value, finding.Vector));
        Assert.Contains("CVE-2024-0001 of cve-v5, filled in", finding.VectorReason, StringComparison.Ordinal);
        Assert.Equal(new SsvcAssessment(ExploitationEvidence.Active, Automatable: true, TotalImpact: true), finding.Ssvc);
        Assert.Equal(["GHSA-aaaa-bbbb-cccc"], finding.Sources.Select(source => source.Advisory));
    }

    [Theory]
    [InlineData("none", "no", "partial", ExploitationEvidence.None, false, false)]
    [InlineData("poc", "yes", "partial", ExploitationEvidence.ProofOfConcept, true, false)]
    [InlineData("something new", "no", "total", ExploitationEvidence.None, false, true)]
    public async Task Each_decision_point_is_kept(string exploitation, string automatable, string impact, ExploitationEvidence evidence, bool canBe, bool total)
    {
        using var database = await OfAsync(Record("CVE-2024-0001", Ssvc(exploitation, automatable, impact)));

        Assert.Equal(new SsvcAssessment(evidence, canBe, total), Assert.Single(database.Findings(Components.Npm("left", "1.0.0"))).Ssvc);
    }

    [Theory]
    [InlineData("{ }", "the document is no CVE record")]
    [InlineData("[ 7 ]", "the document is no CVE record")]
    [InlineData("{ \"cveMetadata\": { \"cveId\": \"CVE-2024-0001\", \"state\": \"REJECTED\" } }", "the CVE is not published, or was rejected")]
    [InlineData("{ \"cveMetadata\": { \"cveId\": \"CVE-1999-0001\", \"state\": \"PUBLISHED\" } }", "no advisory names it")]
    [InlineData("{ \"cveMetadata\": ", "no JSON: ")]
    public async Task A_record_that_adds_nothing_is_counted_with_its_reason(string record, string reason)
    {
        using var database = await OfAsync(record);

        var source = database.Info.Sources.Single(source => source.Name == "cve-v5");
        Assert.Equal((1, 0, 1), ((int)source.Read, (int)source.Kept, (int)source.Skipped));
        Assert.StartsWith(reason, source.Reasons.Single().Reason, StringComparison.Ordinal);
    }

    private static Task<TestDatabase> OfAsync(string record) => TestDatabase.OfFilesAsync(new Dictionary<string, string>
    {
        ["osv/npm/GHSA-aaaa-bbbb-cccc.json"] = Records.Range("GHSA-aaaa-bbbb-cccc", "npm", "left", "introduced 0, fixed 2.0.0", "\"aliases\": [\"CVE-2024-0001\"],"),
        ["cve-v5/CVE-2024-0001.json"] = record,
    });

    private static string Record(string id, string ssvc) => $$"""
        { "cveMetadata": { "cveId": "{{id}}", "state": "PUBLISHED", "dateUpdated": "2024-05-06T07:08:09Z" },
          "containers": { "cna": { "descriptions": [ { "lang": "en", "value": "a flaw" } ], "references": [ { "url": "https://example.org/1" } ] },
            "adp": [ { "title": "CISA ADP Vulnrichment", "metrics": [ { "other": { "type": "ssvc", "content": {{ssvc}} } }, { "cvssV3_1": { "vectorString": "{{Vector}}" } } ] } ] } }
        """;

    private static string Ssvc(string exploitation, string automatable, string impact) =>
        $$"""{ "options": [ { "Exploitation": "{{exploitation}}" }, { "Automatable": "{{automatable}}" }, { "Technical Impact": "{{impact}}" } ], "role": "CISA Coordinator", "version": "2.0.3" }""";
}
