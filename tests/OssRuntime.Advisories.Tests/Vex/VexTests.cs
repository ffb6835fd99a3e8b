using System.Collections.Immutable;
using System.Text;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Advisories.Vex;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Images;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Vex;

public class VexTests
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("not_affected", FindingStatus.NotAffected)]
    [InlineData("affected", FindingStatus.Affected)]
    [InlineData("fixed", FindingStatus.Fixed)]
    [InlineData("under_investigation", FindingStatus.UnderInvestigation)]
    public void A_statement_of_OpenVEX_gives_its_status_with_its_reasons(string status, FindingStatus expected)
    {
        var finding = Apply(OpenVex(Statement("CVE-2024-1", "pkg:npm/left@1.0.0", status)), Npm("left", "1.0.0"));

        Assert.Equal(expected, finding.Status);
        Assert.Equal(new VexVerdict("https://example.org/vex/1", "vulnerable_code_not_present", "it is not there", new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)), finding.Vex);
    }

    [Theory]
    [InlineData("CVE-2024-1", "pkg:npm/left@1.0.0", true)]
    [InlineData("cve-2024-1", "pkg:npm/left", true)]
    [InlineData("GHSA-aaaa-bbbb-cccc", "pkg:npm/left", true)]
    [InlineData("CVE-2024-2", "pkg:npm/left", false)]
    [InlineData("CVE-2024-1", "pkg:npm/left@1.0.1", false)]
    [InlineData("CVE-2024-1", "pkg:npm/right", false)]
    [InlineData("CVE-2024-1", "pkg:npm/%40scope/left", false)]
    [InlineData("CVE-2024-1", "pkg:pypi/left", false)]
    [InlineData("CVE-2024-1", "pkg:oci/web@" + Digest, true)]
    [InlineData("CVE-2024-1", "pkg:oci/web@sha256:ffff456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", false)]
    [InlineData("CVE-2024-1", "pkg:oci/web?repository_url=registry.example/shop/web", true)]
    [InlineData("CVE-2024-1", "pkg:oci/web?repository_url=registry.example/shop", true)]
    [InlineData("CVE-2024-1", "pkg:oci/web?repository_url=registry.example/other", false)]
    [InlineData("CVE-2024-1", "pkg:oci/web", false)]
    public void A_statement_speaks_of_its_flaw_in_its_product_alone(string flaw, string product, bool covers)
    {
        var finding = Apply(OpenVex(Statement(flaw, product, "not_affected")), Npm("left", "1.0.0"));

        Assert.Equal(covers ? FindingStatus.NotAffected : FindingStatus.Affected, finding.Status);
    }

    [Theory]
    [InlineData("usr/bin/tool", true)]
    [InlineData("usr/bin/other", false)]
    public void A_subcomponent_counts_where_it_lies_in_its_product(string path, bool covers)
    {
        var statement = """
            { "vulnerability": { "name": "CVE-2024-1" }, "status": "not_affected", "justification": "vulnerable_code_not_in_execute_path",
              "products": [ { "@id": "pkg:golang/example.org/tool", "subcomponents": [ { "@id": "pkg:golang/stdlib@v1.20.3" } ] } ] }
            """;
        var library = Go(null, "stdlib", "1.20.3", path);

        var finding = Apply(OpenVex(statement), library, Go("example.org", "tool", "v1.0.0", "usr/bin/tool"));

        Assert.Equal(covers ? FindingStatus.NotAffected : FindingStatus.Affected, finding.Status);
    }

    [Fact]
    public void The_newest_statement_counts_and_of_one_instant_the_last()
    {
        var finding = Apply(
            OpenVex(
                Statement("CVE-2024-1", "pkg:npm/left", "affected", "2026-03-01T00:00:00Z"),
                Statement("CVE-2024-1", "pkg:npm/left", "not_affected", "2026-02-01T00:00:00Z"),
                Statement("CVE-2024-1", "pkg:npm/left", "fixed", "2026-03-01T00:00:00Z")),
            Npm("left", "1.0.0"));

        Assert.Equal(FindingStatus.Fixed, finding.Status);
    }

    [Fact]
    public void What_a_statement_lacks_is_told_and_the_others_count()
    {
        var document = Read(OpenVex(
            """{ "vulnerability": { "name": "CVE-2024-1" }, "status": "not_affected" }""",
            """{ "vulnerability": "CVE-2024-1", "status": "perhaps", "products": [ "pkg:npm/left" ] }""",
            """{ "vulnerability": "CVE-2024-1", "status": "not_affected", "products": [ { "@id": "pkg:npm/left", "subcomponents": [ { "@id": "[ERROR] not mapped" } ] } ] }""",
            """{ "vulnerability": "CVE-2024-1", "status": "not_affected", "products": [ "pkg:npm/left" ] }"""));

        Assert.Equal((1, 3), (document.Statements.Length, document.Skipped.Length));
    }

    [Theory]
    [InlineData("9", FindingStatus.NotAffected)]
    [InlineData("8", FindingStatus.Affected)]
    public void CSAF_speaks_of_a_package_on_a_platform(string release, FindingStatus expected)
    {
        const string Csaf = """
            { "document": { "csaf_version": "2.0", "category": "csaf_vex", "tracking": { "id": "CSAF-1", "current_release_date": "2026-01-01T00:00:00Z" } },
              "product_tree": { "branches": [
                  { "product": { "product_id": "P", "product_identification_helper": { "cpe": "cpe:/a:redhat:enterprise_linux:9::appstream" } } },
                  { "product": { "product_id": "C", "product_identification_helper": { "purl": "pkg:rpm/redhat/left@1.0-1?arch=x86_64" } } } ],
                "relationships": [ { "full_product_name": { "product_id": "P:C" }, "product_reference": "C", "relates_to_product_reference": "P" } ] },
              "vulnerabilities": [ { "cve": "CVE-2024-1", "product_status": { "known_not_affected": [ "P:C", "gone" ] },
                "flags": [ { "label": "component_not_present", "product_ids": [ "P:C" ] } ] } ] }
            """;
        var component = Components.Of("Red Hat:9", "generic", "left", "1.0-1") with { Purl = PackageUrl.Of("rpm", "redhat", "left", "1.0-1", ("arch", "x86_64")) };
        var inventory = new ComponentInventory
        {
            Components = [component],
            OsRelease = new OsRelease("rhel", release, null, null, [], $"cpe:/o:redhat:enterprise_linux:{release}::baseos"),
        };

        var finding = new VexIndex([Read(Csaf)]).Apply([Finding(component)], new VexSubject(inventory, null))[0];

        Assert.Equal(expected, finding.Status);
        Assert.Equal(expected == FindingStatus.NotAffected ? "component_not_present" : null, finding.Vex?.Justification);
    }

    [Theory]
    [InlineData("left-ref")]
    [InlineData("urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#left-ref")]
    [InlineData("pkg:npm/left@1.0.0")]
    public void CycloneDX_names_components_by_reference(string reference)
    {
        var cycloneDx = $$"""
            { "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:1", "components": [ { "bom-ref": "outer", "components": [ { "bom-ref": "left-ref", "purl": "pkg:npm/left@1.0.0" } ] } ],
              "vulnerabilities": [ { "id": "CVE-2024-1", "affects": [ { "ref": "{{reference}}" } ],
                "analysis": { "state": "not_affected", "justification": "code_not_reachable", "detail": "never called", "lastUpdated": "2026-01-01T00:00:00Z" } },
                { "id": "CVE-2024-1", "affects": [ { "ref": "nobody" } ], "analysis": { "state": "exploitable" } } ] }
            """;

        var finding = Apply(cycloneDx, Npm("left", "1.0.0"));

        Assert.Equal((FindingStatus.NotAffected, "code_not_reachable", "never called"), (finding.Status, finding.Vex!.Justification, finding.Vex.Statement));
        Assert.Single(Read(cycloneDx).Skipped);
    }

    [Theory]
    [InlineData("{}", "it is neither OpenVEX nor CSAF nor CycloneDX")]
    [InlineData("[]", "it is neither OpenVEX nor CSAF nor CycloneDX")]
    [InlineData("{ \"@context\": ", "no JSON")]
    [InlineData("<html>", "no JSON")]
    public void What_is_no_VEX_is_refused_with_the_reason(string document, string reason) =>
        Assert.Contains(reason, Assert.Throws<VexException>(() => Read(document)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_document_cut_anywhere_ends_in_a_reason()
    {
        var document = Encoding.UTF8.GetBytes(OpenVex(Statement("CVE-2024-1", "pkg:npm/left@1.0.0", "not_affected")));
        for (var length = 0; length < document.Length - 1; length++)
        {
            Assert.Throws<VexException>(() => VexReader.Read(document.AsMemory(0, length), "cut"));
        }
    }

    internal static string OpenVex(params string[] statements) =>
        $$"""{ "@context": "https://openvex.dev/ns/v0.2.0", "@id": "https://example.org/vex/1", "timestamp": "2026-01-01T00:00:00Z", "statements": [ {{string.Join(", ", statements)}} ] }""";

    internal static string Statement(string flaw, string product, string status, string? at = null) => $$"""
        { "vulnerability": { "name": "{{flaw}}" }, "products": [ { "@id": "{{product}}" } ], "status": "{{status}}",
          "justification": "vulnerable_code_not_present", "impact_statement": "it is not there" {{(at is null ? "" : $", \"timestamp\": \"{at}\"")}} }
        """;

    internal static Finding Finding(Component component) =>
        new() { Id = "CVE-2024-1", Aliases = ["GHSA-aaaa-bbbb-cccc"], Component = component, Status = FindingStatus.Affected };

    internal static Component Npm(string name, string version) => Components.Npm(name, version);

    private static Component Go(string? space, string name, string version, string path) => Components.Of("Go", "generic", name, version) with
    {
        Purl = PackageUrl.Of("golang", space, name, version),
        Location = new ComponentLocation(null, path),
    };

    private static VexDocument Read(string document) => VexReader.Read(Encoding.UTF8.GetBytes(document), "test");

    private static Finding Apply(string document, Component component, params Component[] others)
    {
        var inventory = new ComponentInventory { Components = [component, .. others], Digest = Model.Images.Digest.Parse(Digest) };
        ImmutableArray<Finding> findings = [Finding(component)];
        return new VexIndex([Read(document)]).Apply(findings, new VexSubject(inventory, "registry.example/shop/web"))[0];
    }
}
