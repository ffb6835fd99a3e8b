using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Feeds.Oracle;

public class OracleFeedTests
{
    /// <summary>Definitions as Oracle writes them, cut to what is read; ids and versions are Oracle's.</summary>
    private const string Oval = """
        <oval_definitions xmlns="http://oval.mitre.org/XMLSchema/oval-definitions-5">
        <generator><product_name>Oracle Errata System</product_name></generator>
        <definitions>
        <definition id="oval:com.oracle.elsa:def:20070057" version="501" class="patch">
        <metadata><title>
        ELSA-2007-0057:  Moderate: bind security update  (MODERATE)
        </title><affected family="unix"><platform>Oracle Linux 5</platform></affected>
        <reference source="elsa" ref_id="ELSA-2007-0057" ref_url="https://linux.oracle.com/errata/ELSA-2007-0057.html"/>
        <reference source="CVE" ref_id="CVE-2007-0493" ref_url="https://linux.oracle.com/cve/CVE-2007-0493.html"/>
        <description>fixes</description>
        <!-- advisory details -->
        <advisory><severity>MODERATE</severity><rights>Copyright 2007 Oracle, Inc.</rights><issued date="2007-06-26"/>
        <cve href="https://linux.oracle.com/cve/CVE-2007-0493.html">CVE-2007-0493</cve><cve href="x">CVE-2007-0494</cve></advisory></metadata>
        <criteria operator="AND"><criterion test_ref="t:1" comment="Oracle Linux 5 is installed"/>
          <criteria operator="OR"><criteria operator="AND">
            <criterion test_ref="t:2" comment="bind-libs is earlier than 30:9.3.3-8.el5"/><criterion test_ref="t:3" comment="bind-libs is signed with the Oracle Linux 5 key"/>
          </criteria></criteria></criteria>
        </definition>
        <definition id="oval:com.oracle.elsa:def:20224803" class="patch">
        <metadata><title>ELSA-2022-4803:  rsyslog security update (IMPORTANT)</title>
        <advisory><severity>IMPORTANT</severity><issued date="2022-05-31"/>
        <cve cvss3="8.1/CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:H/A:H" href="x" public="20220506">CVE-2022-24903</cve></advisory></metadata>
        <criteria operator="AND"><criterion comment="Oracle Linux 7 is installed"/><criteria operator="OR">
          <criteria operator="AND"><criterion comment="Oracle Linux arch is aarch64"/><criteria operator="OR"><criteria operator="AND"><criterion comment="rsyslog is earlier than 0:8.24.0-57.0.4.el7_9.3"/></criteria></criteria></criteria>
          <criteria operator="AND"><criterion comment="Oracle Linux arch is x86_64"/><criteria operator="OR"><criteria operator="AND"><criterion comment="rsyslog is earlier than 0:8.24.0-57.0.1.el7_9.3"/></criteria></criteria></criteria>
        </criteria></criteria></definition>
        <definition id="oval:3" class="patch"><metadata><title>ELSA-2019-3419:  nodejs:18 security update (IMPORTANT)</title><advisory><cve>CVE-2019-1</cve></advisory></metadata>
        <criteria operator="AND"><criterion comment="Oracle Linux 8 is installed"/><criterion comment="Module nodejs:18 is enabled"/>
          <criteria operator="OR"><criteria operator="AND"><criterion comment="nodejs is earlier than 1:18.20.2-1.module+el8.9.0+90292+7a1ab8c7"/></criteria></criteria></criteria></definition>
        <definition id="oval:4" class="patch"><metadata><title>ELSA-2026-500006: glibc security update</title><advisory><cve>CVE-2026-4437</cve></advisory></metadata>
        <criteria operator="AND"><criteria operator="OR"><criterion comment="Oracle Linux 8 is installed"/><criterion comment="Oracle Linux 9 is installed"/></criteria>
          <criteria operator="AND"><criterion comment="glibc is earlier than 2:2.28-236.0.1.ksplice1.el8"/></criteria></criteria></definition>
        <definition id="oval:5" class="patch"><metadata><title>ELSA-2024-12345: gnutls security update</title><advisory><cve>CVE-2024-28834</cve></advisory></metadata>
        <criteria operator="AND"><criterion comment="Oracle Linux 8 is installed"/><criteria operator="OR"><criterion comment="gnutls is earlier than 10:3.6.16-8.0.1.el8_9.3_fips"/></criteria></criteria></definition>
        <definition id="oval:6" class="patch"><metadata><title>ELSA-2024-1: nothing</title></metadata></definition>
        </definitions></oval_definitions>
        """;

    private static readonly Dictionary<string, string> Files = new() { ["oracle/security/oval/com.oracle.elsa-all.xml"] = Oval };

    [Theory]
    [InlineData("5.11", "bind-libs", "30:9.3.3-7.el5", "CVE-2007-0493 CVE-2007-0494")]
    [InlineData("5", "bind-libs", "30:9.3.3-8.el5", "")]
    [InlineData("6.10", "bind-libs", "30:9.3.3-7.el5", "")]
    [InlineData("7.9", "rsyslog", "8.24.0-57.0.0.el7_9.3", "CVE-2022-24903")]
    [InlineData("7.9", "rsyslog", "8.24.0-57.0.1.el7_9.3", "")]
    [InlineData("8.10", "glibc", "2.28-251.0.2.el8", "")]
    [InlineData("8.10", "glibc", "2:2.28-235.0.1.ksplice1.el8", "CVE-2026-4437")]
    [InlineData("9.4", "glibc", "2:2.28-235.0.1.ksplice1.el8", "CVE-2026-4437")]
    [InlineData("8.10", "gnutls", "3.6.16-4.el8", "")]
    [InlineData("8.10", "gnutls", "10:3.6.16-4.0.1.el8_fips", "CVE-2024-28834")]
    public async Task A_package_is_asked_for_in_its_release_and_among_builds_of_its_kind(string release, string name, string version, string flaws)
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        Assert.Equal(flaws, string.Join(' ', database.Findings(Rpm(release, name, version)).Select(finding => finding.Id)));
    }

    [Theory]
    [InlineData("nodejs:18", 1)]
    [InlineData("nodejs:16", 0)]
    [InlineData(null, 0)]
    public async Task Streams_of_a_module_are_kept_apart(string? stream, int findings)
    {
        using var database = await TestDatabase.OfFilesAsync(Files);
        var node = Rpm("8.9", "nodejs", "1:16.20.2-2.module+el8.8.0+90003+1");

        Assert.Equal(findings, database.Findings(stream is null ? node : node with { Purl = PackageUrl.TryParse($"pkg:rpm/oracle/nodejs@1?rpmmod={stream}:80:1", out var purl, out _) ? purl! : null! }).Count);
    }

    [Fact]
    public async Task The_score_of_a_single_flaw_is_its_vector()
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        var finding = Assert.Single(database.Findings(Rpm("7", "rsyslog", "8.24.0-1.el7")));

        Assert.Equal((Severity.High, 8.1, "8.24.0-57.0.1.el7_9.3"), (finding.Severity, finding.Score, finding.FixedIn!.TrimStart('0', ':')));
    }

    [Fact]
    public async Task A_definition_without_packages_is_counted()
    {
        using var database = await TestDatabase.OfFilesAsync(Files);

        var source = Assert.Single(database.Info.Sources);
        Assert.Equal((6, 5), ((int)source.Read, (int)source.Kept));
        Assert.Equal("the definition names no package of a release", Assert.Single(source.Reasons).Reason);
    }

    [Fact]
    public async Task Criteria_nested_without_end_are_refused()
    {
        var deep = "<oval_definitions><definitions><definition><metadata><title>ELSA-1: x</title></metadata>" + string.Concat(Enumerable.Repeat("<criteria>", 100_000));
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string>(Files) { ["oracle/security/oval/com.oracle.elsa-2026.xml"] = deep });

        var source = Assert.Single(database.Info.Sources);
        Assert.StartsWith("the document nests deeper", Assert.Single(source.Failures).Reason, StringComparison.Ordinal);
        Assert.Equal(5, source.Kept);
    }

    private static Component Rpm(string release, string name, string version) =>
        Components.Of($"ol:{release}", "rpm", name, version) with { Type = ComponentType.OsPackage };
}
