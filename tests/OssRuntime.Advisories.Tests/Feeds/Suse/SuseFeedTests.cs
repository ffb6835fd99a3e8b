using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Feeds.Suse;

public class SuseFeedTests
{
    [Theory]
    [InlineData("SUSE:15.6", "liblzma5", "5.6.1-1.1", "CVE-2024-3094", "5.6.2-1.1", FixState.Fixed)]
    [InlineData("SUSE:15.6", "liblzma5", "5.6.2-1.1", null, null, FixState.Unknown)]
    [InlineData("SUSE:15.5", "liblzma5", "5.4.1-1.1", "CVE-2024-3094", "5.4.2-1.1", FixState.Fixed)]
    [InlineData("SUSE:12.5", "liblzma5", "5.0.5-6.7.1", "CVE-2024-3094", null, FixState.WontFix)]
    [InlineData("SUSE:16.0", "xz", "5.8.0-1.1", "CVE-2024-3094", "5.8.1-160000.2.2", FixState.Fixed)]
    [InlineData("SUSE:5.5", "xz", "5.2.3-1.1", "CVE-2024-3094", "5.2.3-150000.4.7.1", FixState.Fixed)]
    [InlineData("openSUSE:Leap 15.6", "liblzma5", "5.6.1-1.1", "CVE-2024-3094", null, FixState.NotFixed)]
    [InlineData("openSUSE:Tumbleweed", "liblzma5", "5.6.1-1.1", "CVE-2024-3094", "5.6.1.revertto5.4-2.1", FixState.Fixed)]
    [InlineData("openSUSE:Leap 15.5", "liblzma5", "5.6.1-1.1", null, null, FixState.Unknown)]
    public async Task A_binary_package_is_asked_for_in_the_release_that_its_modules_belong_to(
        string ecosystem, string name, string version, string? flaw, string? fix, FixState state)
    {
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string> { ["suse/csaf-vex/cve-2024-3094.json"] = Vex });

        var finding = database.Findings(Rpm(ecosystem, name, version, "xz-src")).SingleOrDefault();

        Assert.Equal((flaw, fix, flaw is null ? FixState.Unknown : state), (finding?.Id, finding?.FixedIn, finding?.FixState ?? FixState.Unknown));
    }

    [Fact]
    public async Task An_erratum_names_packages_without_purls_by_name_version_release_and_architecture()
    {
        const string Erratum = """
            { "document": { "category": "csaf_security_advisory", "csaf_version": "2.0", "title": "Security update for bind",
                "tracking": { "id": "SUSE-SU-2015:0011-2", "current_release_date": "2014-01-27T18:38:10Z" } },
              "product_tree": { "branches": [ { "category": "vendor", "name": "SUSE", "branches": [
                  { "category": "product_version", "name": "bind-libs-9.9.4P2-0.6.1.x86_64", "product": { "name": "bind-libs-9.9.4P2-0.6.1.x86_64", "product_id": "bind-libs-9.9.4P2-0.6.1.x86_64" } },
                  { "category": "product_name", "name": "SUSE Linux Enterprise Server 11 SP2-LTSS", "product": { "name": "SUSE Linux Enterprise Server 11 SP2-LTSS", "product_id": "L" } } ] } ],
                "relationships": [ { "category": "default_component_of", "product_reference": "bind-libs-9.9.4P2-0.6.1.x86_64", "relates_to_product_reference": "L",
                  "full_product_name": { "name": "n", "product_id": "L:bind-libs-9.9.4P2-0.6.1.x86_64" } } ] },
              "vulnerabilities": [
                { "cve": "CVE-2014-0591", "product_status": { "recommended": [ "L:bind-libs-9.9.4P2-0.6.1.x86_64" ] } },
                { "cve": "CVE-2012-1667", "product_status": { "recommended": [ "L:bind-libs-9.9.4P2-0.6.1.x86_64" ] } } ] }
            """;
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string> { ["suse/csaf/suse-su-2015_0011-2.json"] = Erratum });

        Assert.Equal(
            [("CVE-2012-1667", "9.9.4P2-0.6.1"), ("CVE-2014-0591", "9.9.4P2-0.6.1")],
            database.Findings(Rpm("SUSE:11.2", "bind-libs", "9.9.4P2-0.5.1", "bind")).Select(finding => (finding.Id, finding.FixedIn)));
        Assert.Empty(database.Findings(Rpm("SUSE:11.2", "bind-libs", "9.9.4P2-0.6.1", "bind")));
    }

    [Theory]
    [InlineData("SUSE:Linux Enterprise Server 15 SP6", true)]
    [InlineData("SUSE:Linux Enterprise Module for Basesystem 15 SP6", true)]
    [InlineData("SUSE:Linux Enterprise Module for Python 3 15 SP6", true)]
    [InlineData("SUSE:Linux Enterprise Server 15 SP6-LTSS", true)]
    [InlineData("SUSE:Linux Enterprise Server 15 SP5", false)]
    [InlineData("SUSE:Linux Enterprise Server for SAP Applications 15 SP6", false)]
    [InlineData("SUSE:Linux Enterprise High Availability Extension 15 SP6", false)]
    public async Task The_names_that_OSV_has_for_releases_are_understood(string ecosystem, bool affected)
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range("SUSE-SU-2024:1", ecosystem, "openssl-3", "introduced 0, fixed 3.1.4-150600.5.7.1"));

        Assert.Equal(affected, database.Findings(Rpm("SUSE:15.6", "libopenssl3", "3.1.4-150600.5.2.1", "openssl-3")).Count == 1);
    }

    [Fact]
    public async Task A_vector_of_a_distribution_is_named_and_not_taken_over_for_a_package_of_another_ecosystem()
    {
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string>
        {
            ["osv/npm/GHSA-aaaa-bbbb-cccc.json"] = Records.Range("GHSA-aaaa-bbbb-cccc", "npm", "left", "introduced 0", "\"aliases\": [\"CVE-2024-1\"],"),
            ["suse/csaf-vex/cve-2024-1.json"] = """
                { "document": { "category": "csaf_vex", "tracking": { "id": "CVE-2024-1" } },
                  "vulnerabilities": [ { "cve": "CVE-2024-1", "scores": [ { "cvss_v3": { "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }, "products": [] } ] } ] }
                """,
            ["suse/csaf-vex/cve-2024-2.json"] = """{ "document": { "category": "csaf_vex", "tracking": { "id": "CVE-2024-2" } }, "vulnerabilities": [ { "cve": "CVE-2024-2" } ] }""",
            ["suse/csaf-vex/cve-2024-3.json"] = "[]",
        });

        var finding = Assert.Single(database.Findings(Components.Npm("left", "1.0.0")));
        Assert.Null(finding.Score);
        Assert.StartsWith("borrowed and not taken over: only CVE-2024-1 of suse/csaf-vex", finding.VectorReason, StringComparison.Ordinal);
        var source = database.Info.Sources.Single(source => source.Name == "suse/csaf-vex");
        Assert.Equal((3, 1, 2), ((int)source.Read, (int)source.Kept, (int)source.Skipped));
    }

    private const string Vex = """
        { "document": { "aggregate_severity": { "text": "critical" }, "category": "csaf_vex", "csaf_version": "2.0", "title": "SUSE CVE CVE-2024-3094",
            "tracking": { "id": "CVE-2024-3094", "current_release_date": "2026-08-01T00:00:00Z" } },
          "product_tree": { "branches": [ { "category": "vendor", "name": "SUSE", "branches": [ { "category": "product_family", "name": "SUSE Linux Enterprise", "branches": [
              { "category": "product_name", "product": { "name": "SUSE Linux Enterprise Module for Basesystem 15 SP6", "product_id": "SUSE Linux Enterprise Module for Basesystem 15 SP6" } },
              { "category": "product_name", "product": { "name": "SUSE Linux Enterprise Server 15 SP5-LTSS", "product_id": "SUSE Linux Enterprise Server 15 SP5-LTSS" } },
              { "category": "product_name", "product": { "name": "SUSE Linux Enterprise Server 12 SP5", "product_id": "SUSE Linux Enterprise Server 12 SP5" } },
              { "category": "product_name", "product": { "name": "SUSE Linux Enterprise Server 16.0", "product_id": "SUSE Linux Enterprise Server 16.0" } },
              { "category": "product_name", "product": { "name": "SUSE Linux Enterprise Micro 5.5", "product_id": "SUSE Linux Enterprise Micro 5.5" } },
              { "category": "product_name", "product": { "name": "SUSE Linux Enterprise Server for SAP Applications 15 SP6", "product_id": "SAP" } },
              { "category": "product_name", "product": { "name": "openSUSE Leap 15.6", "product_id": "openSUSE Leap 15.6" } },
              { "category": "product_name", "product": { "name": "openSUSE Tumbleweed", "product_id": "openSUSE Tumbleweed" } },
              { "category": "product_version", "product": { "name": "liblzma5-5.6.2-1.1", "product_id": "liblzma5-5.6.2-1.1", "product_identification_helper": { "purl": "pkg:rpm/suse/liblzma5@5.6.2-1.1?upstream=xz-5.6.2-1.1.src.rpm" } } },
              { "category": "product_version", "product": { "name": "liblzma5-5.4.2-1.1", "product_id": "liblzma5-5.4.2-1.1" } },
              { "category": "product_version", "product": { "name": "liblzma5-9-1.1", "product_id": "liblzma5-9-1.1" } },
              { "category": "product_version", "product": { "name": "liblzma5-5.6.1.revertto5.4-2.1", "product_id": "liblzma5-5.6.1.revertto5.4-2.1" } },
              { "category": "product_version", "product": { "name": "xz-5.8.1-160000.2.2", "product_id": "xz-5.8.1-160000.2.2", "product_identification_helper": { "purl": "pkg:rpm/suse/xz@5.8.1-160000.2.2?upstream=xz-5.8.1-160000.2.2.src.rpm" } } },
              { "category": "product_version", "product": { "name": "xz-5.2.3-150000.4.7.1", "product_id": "xz-5.2.3-150000.4.7.1" } },
              { "category": "product_version", "product": { "name": "liblzma5", "product_id": "liblzma5", "product_identification_helper": { "purl": "pkg:rpm/suse/liblzma5@?upstream=xz.src.rpm" } } } ] } ] } ],
            "relationships": [
              { "category": "default_component_of", "full_product_name": { "name": "r", "product_id": "SUSE Linux Enterprise Module for Basesystem 15 SP6:liblzma5-5.6.2-1.1" }, "product_reference": "liblzma5-5.6.2-1.1", "relates_to_product_reference": "SUSE Linux Enterprise Module for Basesystem 15 SP6" },
              { "category": "default_component_of", "full_product_name": { "name": "r", "product_id": "SUSE Linux Enterprise Server 15 SP5-LTSS:liblzma5-5.4.2-1.1" }, "product_reference": "liblzma5-5.4.2-1.1", "relates_to_product_reference": "SUSE Linux Enterprise Server 15 SP5-LTSS" },
              { "category": "default_component_of", "full_product_name": { "name": "r", "product_id": "SUSE Linux Enterprise Server 12 SP5:liblzma5" }, "product_reference": "liblzma5", "relates_to_product_reference": "SUSE Linux Enterprise Server 12 SP5" },
              { "category": "default_component_of", "full_product_name": { "name": "r", "product_id": "SUSE Linux Enterprise Server 16.0:xz-5.8.1-160000.2.2" }, "product_reference": "xz-5.8.1-160000.2.2", "relates_to_product_reference": "SUSE Linux Enterprise Server 16.0" },
              { "category": "default_component_of", "full_product_name": { "name": "r", "product_id": "SUSE Linux Enterprise Micro 5.5:xz-5.2.3-150000.4.7.1" }, "product_reference": "xz-5.2.3-150000.4.7.1", "relates_to_product_reference": "SUSE Linux Enterprise Micro 5.5" },
              { "category": "default_component_of", "full_product_name": { "name": "r", "product_id": "SAP:liblzma5-9-1.1" }, "product_reference": "liblzma5-9-1.1", "relates_to_product_reference": "SAP" },
              { "category": "default_component_of", "full_product_name": { "name": "r", "product_id": "openSUSE Leap 15.6:liblzma5" }, "product_reference": "liblzma5", "relates_to_product_reference": "openSUSE Leap 15.6" },
              { "category": "default_component_of", "full_product_name": { "name": "r", "product_id": "openSUSE Tumbleweed:liblzma5-5.6.1.revertto5.4-2.1" }, "product_reference": "liblzma5-5.6.1.revertto5.4-2.1", "relates_to_product_reference": "openSUSE Tumbleweed" } ] },
          "vulnerabilities": [ { "cve": "CVE-2024-3094",
            "product_status": {
              "recommended": [ "SUSE Linux Enterprise Module for Basesystem 15 SP6:liblzma5-5.6.2-1.1", "SUSE Linux Enterprise Server 15 SP5-LTSS:liblzma5-5.4.2-1.1",
                "SUSE Linux Enterprise Server 16.0:xz-5.8.1-160000.2.2", "SUSE Linux Enterprise Micro 5.5:xz-5.2.3-150000.4.7.1", "SAP:liblzma5-9-1.1", "openSUSE Tumbleweed:liblzma5-5.6.1.revertto5.4-2.1", "Unknown 9:xz-1-1" ],
              "known_affected": [ "SUSE Linux Enterprise Server 12 SP5:liblzma5", "openSUSE Leap 15.6:liblzma5" ],
              "known_not_affected": [ "SUSE Linux Enterprise Server 15 SP6:something" ] },
            "remediations": [ { "category": "no_fix_planned", "details": "too old", "product_ids": [ "SUSE Linux Enterprise Server 12 SP5:liblzma5" ] } ] } ] }
        """;

    private static Component Rpm(string ecosystem, string name, string version, string source) =>
        Components.Of(ecosystem, "rpm", name, version) with { Type = ComponentType.OsPackage, Source = new SourcePackage(source, version) };
}
