using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Feeds.RedHat;

public class RedHatFeedTests
{
    private const string Vex = """
        { "document": { "category": "csaf_vex", "title": "a flaw", "aggregate_severity": { "text": "Important" },
            "tracking": { "id": "CVE-2024-0001", "current_release_date": "2024-05-06T07:08:09Z" } },
          "product_tree": {
            "branches": [ { "category": "vendor", "branches": [
              { "product": { "product_id": "AppStream-9.4", "product_identification_helper": { "cpe": "cpe:/a:redhat:enterprise_linux:9::appstream" } } },
              { "product": { "product_id": "AppStream-9.2.EUS", "product_identification_helper": { "cpe": "cpe:/a:redhat:rhel_eus:9.2::appstream" } } },
              { "product": { "product_id": "red_hat_enterprise_linux_8", "product_identification_helper": { "cpe": "cpe:/o:redhat:enterprise_linux:8" } } },
              { "product": { "product_id": "quarkus", "product_identification_helper": { "cpe": "cpe:/a:redhat:quarkus:2" } } },
              { "product": { "product_id": "libs-x86", "product_identification_helper": { "purl": "pkg:rpm/redhat/openssl-libs@3.0.7-27.el9?arch=x86_64&epoch=1" } } },
              { "product": { "product_id": "libs-new", "product_identification_helper": { "purl": "pkg:rpm/redhat/openssl-libs@3.0.7-28.el9_4?arch=x86_64&epoch=1" } } },
              { "product": { "product_id": "libs-eus", "product_identification_helper": { "purl": "pkg:rpm/redhat/openssl-libs@3.0.7-9.el9_2?arch=x86_64&epoch=1" } } },
              { "product": { "product_id": "node", "product_identification_helper": { "purl": "pkg:rpm/redhat/nodejs@18.20.4-1.module%2Bel9.4.0%2B1?arch=x86_64&epoch=1&rpmmod=nodejs:18:9040020240807131341:rhel9" } } },
              { "product": { "product_id": "openssl", "name": "openssl" } },
              { "product": { "product_id": "edk2", "name": "edk2" } },
              { "product": { "product_id": "log4j:2/log4j", "name": "log4j:2/log4j" } },
              { "product": { "product_id": "some/image", "name": "some/image" } } ] } ],
            "relationships": [
              { "full_product_name": { "product_id": "AppStream-9.4:libs-x86" }, "product_reference": "libs-x86", "relates_to_product_reference": "AppStream-9.4" },
              { "full_product_name": { "product_id": "AppStream-9.4:libs-new" }, "product_reference": "libs-new", "relates_to_product_reference": "AppStream-9.4" },
              { "full_product_name": { "product_id": "AppStream-9.2.EUS:libs-eus" }, "product_reference": "libs-eus", "relates_to_product_reference": "AppStream-9.2.EUS" },
              { "full_product_name": { "product_id": "AppStream-9.4:node" }, "product_reference": "node", "relates_to_product_reference": "AppStream-9.4" },
              { "full_product_name": { "product_id": "red_hat_enterprise_linux_8:openssl" }, "product_reference": "openssl", "relates_to_product_reference": "red_hat_enterprise_linux_8" },
              { "full_product_name": { "product_id": "red_hat_enterprise_linux_8:edk2" }, "product_reference": "edk2", "relates_to_product_reference": "red_hat_enterprise_linux_8" },
              { "full_product_name": { "product_id": "red_hat_enterprise_linux_8:log4j:2/log4j" }, "product_reference": "log4j:2/log4j", "relates_to_product_reference": "red_hat_enterprise_linux_8" },
              { "full_product_name": { "product_id": "quarkus:some/image" }, "product_reference": "some/image", "relates_to_product_reference": "quarkus" },
              { "full_product_name": { "product_id": "loop" }, "product_reference": "loop", "relates_to_product_reference": "loop" } ] },
          "vulnerabilities": [ { "cve": "CVE-2024-0001",
            "product_status": { "fixed": [ "AppStream-9.4:libs-new", "AppStream-9.4:libs-x86", "AppStream-9.2.EUS:libs-eus", "AppStream-9.4:node", "loop", "no such product" ],
              "known_affected": [ "red_hat_enterprise_linux_8:openssl", "red_hat_enterprise_linux_8:edk2", "quarkus:some/image" ],
              "under_investigation": [ "red_hat_enterprise_linux_8:log4j:2/log4j" ] },
            "remediations": [ { "category": "no_fix_planned", "details": "Will not fix", "product_ids": [ "red_hat_enterprise_linux_8:openssl" ] },
              { "category": "no_fix_planned", "details": "Out of support scope", "product_ids": [ "red_hat_enterprise_linux_8:edk2" ] },
              { "category": "vendor_fix", "details": "update", "product_ids": [ "AppStream-9.4:libs-x86" ] } ],
            "scores": [ { "cvss_v3": { "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N" }, "products": [] } ] } ] }
        """;

    [Fact]
    public async Task A_binary_package_is_fixed_from_the_lowest_build_with_the_fix_epoch_included()
    {
        using var database = await OfAsync(Vex);

        var finding = Assert.Single(database.Findings(Rpm("9", "openssl-libs", "1:3.0.7-26.el9", "openssl")));

        Assert.Equal(("CVE-2024-0001", "1:3.0.7-27.el9", FixState.Fixed, 7.5), (finding.Id, finding.FixedIn, finding.FixState, finding.Score!.Value));
        Assert.Empty(database.Findings(Rpm("9", "openssl-libs", "1:3.0.7-27.el9", "openssl")));
        Assert.Single(database.Findings(Rpm("9", "openssl-libs", "0:9.9-1.el9", "openssl")));
    }

    [Theory]
    [InlineData("openssl-libs", "openssl", null, FixState.WontFix, FindingStatus.Affected)]
    [InlineData("edk2-ovmf", "edk2", null, FixState.EndOfLife, FindingStatus.Affected)]
    [InlineData("log4j", "log4j", "log4j:2:8040020210629111838:5a0b6d0b", FixState.UnderInvestigation, FindingStatus.UnderInvestigation)]
    public async Task A_flaw_without_a_fix_is_found_by_the_source_with_what_Red_Hat_plans(string name, string source, string? module, FixState state, FindingStatus status)
    {
        using var database = await OfAsync(Vex);

        var finding = Assert.Single(database.Findings(Rpm("8", name, "1:1.1.1-1.el8", source, module)));

        Assert.Equal((state, status, null), (finding.FixState, finding.Status, finding.FixedIn));
    }

    [Theory]
    [InlineData("nodejs:18:9040020240807131341:rhel9", "1:18.20.3-1.module+el9.4.0+1", 1)]
    [InlineData("nodejs:18:9040020240807131341:rhel9", "1:18.20.4-1.module+el9.4.0+1", 0)]
    [InlineData("nodejs:16:9040020240807131341:rhel9", "1:16.20.2-8.module+el9.4.0+1", 0)]
    [InlineData(null, "1:16.20.2-8.el9_4", 0)]
    public async Task Streams_of_a_module_are_kept_apart(string? module, string version, int findings)
    {
        using var database = await OfAsync(Vex);

        Assert.Equal(findings, database.Findings(Rpm("9", "nodejs", version, "nodejs", module)).Count);
    }

    [Fact]
    public async Task An_erratum_speaks_of_every_CVE_that_it_fixes()
    {
        using var database = await OfAsync(Vex
            .Replace("csaf_vex", "csaf_security_advisory", StringComparison.Ordinal)
            .Replace("\"id\": \"CVE-2024-0001\"", "\"id\": \"RHSA-2024:1234\"", StringComparison.Ordinal)
            .Replace("\"vulnerabilities\": [", "\"vulnerabilities\": [ { \"cve\": \"CVE-2024-0002\" },", StringComparison.Ordinal));

        var findings = database.Findings(Rpm("9", "openssl-libs", "1:3.0.7-26.el9", "openssl"));

        Assert.Equal([("CVE-2024-0001", "RHSA-2024:1234"), ("CVE-2024-0002", "RHSA-2024:1234")], findings.Select(finding => (finding.Id, finding.Aliases.Single())));
    }

    [Theory]
    [InlineData("{}", "the document is neither a CSAF advisory nor CSAF VEX")]
    [InlineData("{ \"document\": { \"category\": \"csaf_vex\" }, \"product_tree\": 7, \"vulnerabilities\": 8 }", "the record has no id")]
    [InlineData("{ \"document\": { \"category\": \"csaf_vex\", \"tracking\": { \"id\": \"CVE-2024-0009\" } } }", "no advisory names it")]
    [InlineData("{ \"document\": ", "no JSON: ")]
    public async Task A_document_that_cannot_be_used_is_counted_with_its_reason(string document, string reason)
    {
        using var database = await OfAsync(document);

        var source = Assert.Single(database.Info.Sources);
        Assert.StartsWith(reason, Assert.Single(source.Reasons).Reason, StringComparison.Ordinal);
        Assert.Equal(0, source.Kept);
    }

    private static Component Rpm(string release, string name, string version, string source, string? module = null) =>
        Components.Of($"Red Hat:{release}", "rpm", name, version) with
        {
            Type = ComponentType.OsPackage,
            Source = new SourcePackage(source, version),
            Purl = PackageUrl.TryParse($"pkg:rpm/redhat/{name}@1{(module is null ? "" : $"?rpmmod={module}")}", out var purl, out var error) ? purl! : throw new InvalidOperationException(error),
        };

    private static Task<TestDatabase> OfAsync(string document) =>
        TestDatabase.OfFilesAsync(new Dictionary<string, string> { ["redhat/data/csaf/v2/vex/2024/cve-2024-0001.json"] = document });
}
