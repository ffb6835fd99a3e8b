using System.Text.Json;
using OssRuntime.Advisories.Vex;
using OssRuntime.Cli.Output;
using OssRuntime.Inventory.Sboms;
using OssRuntime.Model.Findings;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Standards;

namespace OssRuntime.Cli.Tests.Output;

/// <summary>CycloneDX with vulnerabilities and what VEX says of them.</summary>
public sealed class CycloneDxVexTests
{
    [Fact]
    public void The_document_is_valid_CycloneDX()
    {
        Assert.SkipWhen(StandardSchemas.Missing is not null, StandardSchemas.Missing ?? "");
        using var folder = new TemporaryDirectory();
        foreach (var report in (ScanReport[])[Samples.Report, Samples.Report with { Outcomes = [Samples.Clean] }, Samples.Report with { Outcomes = [Samples.Unchecked], Database = null }])
        {
            File.WriteAllBytes(folder["bom.json"], Write(report));
            Assert.Equal("", StandardSchemas.Validate("7", folder["bom.json"], "bom-1.6.schema.json", "spdx.schema.json", "jsf-0.82.schema.json"));
        }
    }

    [Fact]
    public void The_same_components_are_read_back()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllBytes(folder["bom.json"], Write(Samples.Report));
        var read = new SbomFile(folder["bom.json"]).Read(new SbomLimits(), TestContext.Current.CancellationToken);
        Assert.Equal(
            Samples.Web.Inventory!.Components.Where(component => component != Samples.Bad).Select(component => (component.Purl.ToString(), component.Name, component.Location.Path)).Order(),
            read.Components.Select(component => (component.Purl.ToString(), component.Name, component.Location.Path)).Order());
        // A name with control characters is no name: it is told and not taken.
        Assert.Single(read.Unknowns);
    }

    [Fact]
    public void Our_own_VEX_reader_reads_the_answers_and_nothing_for_what_nobody_analysed()
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllBytes(folder["bom.json"], Write(Samples.Report));
        var document = Assert.Single(VexReader.ReadAll([("bom.json", File.ReadAllBytes(folder["bom.json"]))], _ => { }));
        Assert.Equal(
            [("CVE-2026-0005", FindingStatus.NotAffected), ("CVE-2026-0006", FindingStatus.UnderInvestigation), ("CVE-2026-0007", FindingStatus.Fixed)],
            document.Statements.Select(statement => (statement.Flaws[0], statement.Status)).Order());
    }

    [Fact]
    public void Each_flaw_names_its_components_its_rating_and_its_analysis()
    {
        var vulnerabilities = Root(Samples.Report).GetProperty("vulnerabilities").EnumerateArray().ToDictionary(item => item.GetProperty("id").GetString()!);
        Assert.Equal(8, vulnerabilities.Count);
        Assert.Equal("component-1", vulnerabilities["CVE-2026-0001"].GetProperty("affects")[0].GetProperty("ref").GetString());
        Assert.Equal(9.8, vulnerabilities["CVE-2026-0001"].GetProperty("ratings")[0].GetProperty("score").GetDouble());
        Assert.Equal("Update to 3.0.14-1.", vulnerabilities["CVE-2026-0001"].GetProperty("recommendation").GetString());
        Assert.False(vulnerabilities["CVE-2026-0001"].TryGetProperty("analysis", out _));
        Assert.Equal("unknown", vulnerabilities["CVE-2026-0004"].GetProperty("ratings")[0].GetProperty("severity").GetString());
        var analysis = vulnerabilities["CVE-2026-0005"].GetProperty("analysis");
        Assert.Equal(("not_affected", "code_not_present"), (analysis.GetProperty("state").GetString(), analysis.GetProperty("justification").GetString()));
        Assert.Equal("in_triage", vulnerabilities["CVE-2026-0006"].GetProperty("analysis").GetProperty("state").GetString());
        Assert.Equal("resolved", vulnerabilities["CVE-2026-0007"].GetProperty("analysis").GetProperty("state").GetString());
    }

    [Fact]
    public void What_was_not_checked_is_told_and_the_vulnerabilities_are_marked_as_incomplete()
    {
        var partly = Root(Samples.Report);
        Assert.Contains("EcosystemNotCovered 1 components 0 places: Go, for example pkg:golang/example.org/mod@v1.0.0", Properties(partly));
        Assert.Contains("Partly", Properties(partly));
        Assert.Equal("incomplete", partly.GetProperty("compositions")[0].GetProperty("aggregate").GetString());
        Assert.Equal(8, partly.GetProperty("compositions")[0].GetProperty("vulnerabilities").GetArrayLength());
        var clean = Root(Samples.Report with { Outcomes = [Samples.Clean] });
        Assert.Contains("Complete", Properties(clean));
        Assert.False(clean.TryGetProperty("compositions", out _));
        Assert.Contains("3", Properties(Root(Samples.Report with { Outcomes = [Samples.Clean with { Hidden = 3 }] })));
        var nothing = Root(Samples.Report with { Outcomes = [Samples.Unchecked] });
        Assert.Contains("Nothing", Properties(nothing));
        Assert.Equal("incomplete", nothing.GetProperty("compositions")[0].GetProperty("aggregate").GetString());
    }

    [Fact]
    public void Other_findings_make_another_serial_number()
    {
        var one = Root(Samples.Report).GetProperty("serialNumber").GetString();
        Assert.Equal(one, Root(Samples.Report).GetProperty("serialNumber").GetString());
        Assert.NotEqual(one, Root(Samples.Report with { Outcomes = [Samples.Web with { Findings = Samples.Web.Findings[1..] }] }).GetProperty("serialNumber").GetString());
    }

    private static byte[] Write(ScanReport report)
    {
        using var stream = new MemoryStream();
        SbomReport.WriteFindings(stream, report);
        return stream.ToArray();
    }

    private static JsonElement Root(ScanReport report) => JsonDocument.Parse(Write(report)).RootElement;

    private static List<string?> Properties(JsonElement root) =>
        [.. root.GetProperty("metadata").GetProperty("properties").EnumerateArray().Select(property => property.GetProperty("value").GetString())];
}
