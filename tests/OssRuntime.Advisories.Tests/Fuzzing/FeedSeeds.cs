using OssRuntime.Advisories.Tests.Kit;

namespace OssRuntime.Advisories.Tests.Fuzzing;

/// <summary>A sound file of each form that feeds have.</summary>
internal static class FeedSeeds
{
    private const string Csaf = """
        { "document": { "category": "csaf_vex", "title": "a flaw", "tracking": { "id": "CVE-2024-0001", "current_release_date": "2024-05-06T07:08:09Z" } },
          "product_tree": { "branches": [ { "category": "vendor", "branches": [
              { "category": "product_name", "name": "SUSE Linux Enterprise Server 15 SP6", "product": { "product_id": "os", "name": "SUSE Linux Enterprise Server 15 SP6", "product_identification_helper": { "cpe": "cpe:/o:redhat:enterprise_linux:9" } } },
              { "product": { "product_id": "lib", "name": "lib-1.0-2.el9.x86_64", "product_identification_helper": { "purl": "pkg:rpm/redhat/lib@1.0-2.el9?arch=x86_64&epoch=1" } } } ] } ],
            "relationships": [ { "full_product_name": { "product_id": "os:lib" }, "product_reference": "lib", "relates_to_product_reference": "os" } ] },
          "vulnerabilities": [ { "cve": "CVE-2024-0001", "product_status": { "fixed": [ "os:lib" ], "known_affected": [ "os:lib" ], "recommended": [ "os:lib" ] },
              "remediations": [ { "category": "none_available", "details": "Will not fix", "product_ids": [ "os:lib" ] } ],
              "scores": [ { "cvss_v3": { "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }, "products": [ "os:lib" ] } ], "references": [ { "category": "external", "url": "https://example.org/" } ] } ] }
        """;

    /// <summary>The files of a feed root, each a file of another feed.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["osv/npm/a.json"] = Records.Range(
            "GHSA-aaaa-bbbb-cccc",
            "npm",
            "left",
            "introduced 1.0.0, fixed 1.2.0, introduced 2.0.0, last_affected 2.5.0, limit 3.0.0",
            """ "aliases": [ "CVE-2024-0001" ], "withdrawn": null, "severity": [ { "type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" } ], "references": [ { "type": "EVIDENCE", "url": "https://blog.example/poc" } ], "database_specific": { "severity": "HIGH" },"""),
        ["debian-tracker/tracker/data/json"] = """
            { "left": { "CVE-2024-0001": { "description": "a flaw", "scope": "remote", "releases": {
                "bookworm": { "status": "resolved", "repositories": { "bookworm": "1.1-1" }, "fixed_version": "1.1-1", "urgency": "low", "nodsa": "minor", "nodsa_reason": "ignored" } } } } }
            """,
        ["debian-tracker/tracker/data/DSA/list"] = "[01 Jan 2026] DSA-1-1 left - security update\n\t{CVE-2024-0001}\n\t[bookworm] - left 1.1-1\n",
        ["alpine-secdb/v3.20/main.json"] = """
            { "distroversion": "v3.20", "reponame": "main", "packages": [ { "pkg": { "name": "left", "secfixes": { "1.1-r0": [ "CVE-2024-0001 GHSA-aaaa-bbbb-cccc" ], "0": [ "CVE-2024-0002" ] } } } ] }
            """,
        ["redhat/data/csaf/v2/vex/2024/cve-2024-0001.json"] = Csaf,
        ["suse/csaf-vex/cve-2024-0001.json"] = Csaf,
        ["oracle/security/oval/com.oracle.elsa-all.xml"] = """
            <oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5"><definitions><definition id="oval:com.oracle.elsa:def:20070057" class="patch">
            <metadata><title>ELSA-2007-0057:  Moderate: bind security update  (MODERATE)</title><reference source="CVE" ref_id="CVE-2007-0493" ref_url="x"/><description>fixes &amp; more</description>
            <advisory><severity>MODERATE</severity><issued date="2007-06-26"/><cve cvss3="8.1/CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H" href="x">CVE-2007-0493</cve></advisory></metadata>
            <criteria operator="AND"><criterion test_ref="t:1" comment="Oracle Linux 5 is installed"/><criteria operator="OR"><criterion test_ref="t:2" comment="bind-libs is earlier than 30:9.3.3-8.el5"/></criteria></criteria>
            </definition></definitions></oval_definitions>
            """,
        ["amazon/2023/core/updateinfo.xml"] = """
            <?xml version="1.0" ?><updates><update type="security"><id>ALAS2023-2023-1</id><title>left</title><issued date="2022-05-31 19:06" /><severity>important</severity><description>&lt;x&gt;</description>
            <references><reference href="x" id="CVE-2022-1292" type="cve" /></references>
            <pkglist><collection><package arch="x86_64" epoch="1" name="left" release="24.amzn2023.0.3" version="1.0.2k"/></collection></pkglist></update></updates>
            """,
        ["photon/photon_cve_metadata/cve_data_photon4.0.json"] = """
            [ { "cve_id": "CVE-2023-38545", "pkg": "curl", "cve_score": 9.8, "aff_ver": "all versions before 7.88.1-4.ph4 are vulnerable", "res_ver": "7.88.1-4.ph4", "status": "Fixed" } ]
            """,
        ["nodejs-core/vuln/core/index.json"] = """{ "7": { "cve": ["CVE-2024-0001"], "vulnerable": "8.x || ^10.0.0", "patched": "^8.1.4 || ^10.1.0", "severity": "high", "overview": "a flaw" } }""",
        ["retirejs/repository/jsrepository-v5.json"] = """
            { "angularjs": { "npmname": "angular", "vulnerabilities": [ { "atOrAbove": "1.3.0", "below": "1.8.4", "severity": "medium", "identifiers": { "summary": "s", "CVE": ["CVE-2022-25844"], "githubID": "GHSA-m2h2-264f-f486" }, "info": ["https://example.org"] } ] } }
            """,
        ["dotnet/release-metadata/releases-index.json"] = """{ "releases-index": [ { "channel-version": "8.0", "support-phase": "maintenance", "eol-date": "2026-11-10" } ] }""",
        ["dotnet/release-metadata/8.0/releases.json"] = """
            { "channel-version": "8.0", "releases": [ { "release-version": "8.0.11", "release-date": "2024-11-12", "cve-list": [ { "cve-id": "CVE-2024-0001" } ], "runtime": { "version": "8.0.11" } } ] }
            """,
        ["nvd/rest/json/cves/page.json"] = """
            { "vulnerabilities": [ { "cve": { "id": "CVE-2024-0001", "lastModified": "2024-05-06T07:08:09.010", "vulnStatus": "Analyzed", "descriptions": [ { "lang": "en", "value": "a flaw" } ],
              "metrics": { "cvssMetricV31": [ { "type": "Primary", "cvssData": { "vectorString": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" } } ] }, "references": [ { "url": "https://example.org", "tags": [ "Exploit" ] } ] } } ] }
            """,
        ["kev/known_exploited_vulnerabilities.json"] = """{ "title": "t", "catalogVersion": "2026.01.01", "vulnerabilities": [ { "cveID": "CVE-2024-0001", "dateAdded": "2024-01-02", "knownRansomwareCampaignUse": "Known" } ] }""",
        ["epss/epss_scores-2026-01-01.csv"] = "#model_version:v2025.03.14,score_date:2026-01-01T00:00:00+0000\ncve,epss,percentile\nCVE-2024-0001,0.5,0.97\n",
        ["endoflife.date/api/v1/products/nodejs.json"] = """
            { "schema_version": "1.2.0", "result": { "name": "nodejs", "label": "Node.js", "category": "lang", "aliases": [ "node" ], "identifiers": [ { "id": "pkg:generic/node", "type": "purl" }, { "id": "cpe:/a:nodejs:node.js", "type": "cpe" } ],
              "releases": [ { "name": "14", "codename": null, "releaseDate": "2020-04-21", "isLts": true, "ltsFrom": "2020-10-27", "isEoas": true, "eoasFrom": "2021-10-19", "isEol": true, "eolFrom": "2023-04-30", "isMaintained": false, "latest": { "name": "14.21.3" } } ] } }
            """,
        ["distro-eol/distro-info/debian.csv"] = "version,codename,series,created,release,eol,eol-lts,eol-elts\n9,Stretch,stretch,2015-04-26,2017-06-17,2020-07-18,2022-06-30,2027-06-30\n",
        ["distro-eol/debian-security-support/security-support-ended.deb12"] = "# ended\nleft   1.0-1  2025-01-01  https://example.org\n",
        ["versions/npm.tsv"] = "left\t1.0.0\tyanked\t2026-01-02\n",
        ["names/npm.tsv"] = "left\t1\nright\t2\n",
    };
}
