using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Matching;

public class MatcherTests
{
    [Fact]
    public async Task A_distribution_is_asked_for_the_source_package_and_its_version()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("DSA-1-1", "Debian:12", "openssl", "introduced 0, fixed 3.0.11-1~deb12u2", "\"upstream\": [\"CVE-2026-1\"],"));

        Assert.Single(database.Findings(Components.Debian("libssl3", "3.0.11-1~deb12u1", "openssl")));
        Assert.Empty(database.Findings(Components.Debian("libssl3", "3.0.11-1~deb12u2", "openssl")));
        Assert.Empty(database.Findings(Components.Debian("openssl-blacklist", "0.5", "other", "0.5")));
    }

    [Fact]
    public async Task A_rebuilt_binary_is_judged_by_its_sources_version()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("DSA-1-1", "Debian:12", "gcc-12", "introduced 0, fixed 12.2.0-14"));

        Assert.Empty(database.Findings(Components.Debian("libgcc-s1", "1:2.0", "gcc-12", "12.2.0-14")));
        Assert.Single(database.Findings(Components.Debian("libgcc-s1", "99:1", "gcc-12", "12.2.0-13")));
    }

    [Fact]
    public async Task A_release_answers_for_itself_only()
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range("DSA-1-1", "Debian:12", "left", "introduced 0, fixed 2"));

        Assert.Single(database.Findings(Components.Debian("left", "1", release: "12")));
        var other = database.Match(Components.Debian("left", "1", release: "13"));
        Assert.Empty(other.Findings);
        Assert.Equal("Debian:13 (1 components)", Assert.Single(other.Uncovered).ToString());
    }

    [Theory]
    [InlineData("Ubuntu:22.04:LTS", "Ubuntu:22.04", "1.0-1ubuntu1", true)]
    [InlineData("Ubuntu:Pro:22.04:LTS", "Ubuntu:22.04", "1.0-1ubuntu1", false)]
    [InlineData("Ubuntu:Pro:22.04:LTS", "Ubuntu:22.04", "1.0-1ubuntu1+esm1", true)]
    [InlineData("Ubuntu:Pro:22.04:LTS", "Ubuntu:24.04", "1.0-1ubuntu1+esm1", false)]
    [InlineData("Alpine:v3.20", "Alpine:v3.20", "1.0-r0", true)]
    [InlineData("Alpine:v3.20", "Alpine:v3.19", "1.0-r0", false)]
    [InlineData("Alpine", "Alpine:v3.19", "1.0-r0", true)]
    [InlineData("AlmaLinux:9", "AlmaLinux:9.4", "1.0-1.el9", true)]
    [InlineData("Red Hat:enterprise_linux:9::baseos", "Red Hat:9", "1.0-1.el9", true)]
    [InlineData("Red Hat:rhel_eus:9.2::baseos", "Red Hat:9", "1.0-1.el9", false)]
    [InlineData("Azure Linux:3", "Azure Linux:3.0", "1.0-1.azl3", true)]
    [InlineData("Oracle Linux:9", "ol:9.4", "1.0-1.el9", true)]
    [InlineData("Packagist:https://packages.drupal.org/8", "Packagist", "1.0.0", true)]
    public async Task The_release_in_an_ecosystems_name_is_understood(string advisory, string installed, string version, bool affected)
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range("CVE-2026-1", advisory, "left/pad", "introduced 0"));

        Assert.Equal(affected, database.Findings(Components.Of(installed, "generic", "left/pad", version)).Count == 1);
    }

    [Theory]
    [InlineData("PyPI", "Foo_Bar.baz", "foo-bar-baz", true)]
    [InlineData("PyPI", "foo--bar", "Foo.Bar", true)]
    [InlineData("npm", "JSONStream", "jsonstream", false)]
    [InlineData("npm", "@Scope/a", "@Scope/a", true)]
    [InlineData("NuGet", "Newtonsoft.Json", "newtonsoft.json", true)]
    [InlineData("Packagist", "Symfony/Http", "symfony/http", true)]
    [InlineData("crates.io", "foo_bar", "Foo-Bar", true)]
    [InlineData("RubyGems", "foo_bar", "foo-bar", false)]
    [InlineData("Go", "stdlib", "std", true)]
    [InlineData("Go", "github.com/A/b", "github.com/a/b", true)]
    [InlineData("SwiftURL", "https://github.com/apple/swift-nio.git", "github.com/Apple/swift-nio", true)]
    public async Task Names_are_compared_as_their_ecosystem_does(string ecosystem, string advisory, string installed, bool affected)
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range("CVE-2026-1", ecosystem, advisory, "introduced 0"));

        Assert.Equal(affected, database.Findings(Components.Of(ecosystem, "generic", installed, "1.0.0")).Count == 1);
    }

    [Fact]
    public async Task What_an_os_package_installed_is_answered_for_by_the_distribution()
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range("PYSEC-2026-1", "PyPI", "left", "introduced 0"));
        var owned = Components.PyPI("left", "1.0") with { OwnedBy = "pkg:deb/debian/python3-left@1.0-1" };

        Assert.Empty(database.Findings(owned));
        Assert.Contains("the advisories of its distribution decide", database.Explain(owned).Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_of_one_flaw_are_one_finding_with_every_sources_word()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("GHSA-aaaa-bbbb-cccc", "PyPI", "left", "introduced 0, fixed 1.5", "\"aliases\": [\"CVE-2026-1\", \"PYSEC-2026-1\"], \"database_specific\": {\"severity\": \"MODERATE\"},"),
            Records.Range("PYSEC-2026-1", "PyPI", "left", "introduced 0, fixed 1.4", "\"aliases\": [\"CVE-2026-1\"],"));

        var finding = Assert.Single(database.Findings(Components.PyPI("left", "1.0")));

        Assert.Equal("CVE-2026-1", finding.Id);
        Assert.Equal(["GHSA-aaaa-bbbb-cccc", "PYSEC-2026-1"], finding.Aliases);
        Assert.Equal(Severity.Medium, finding.Severity);
        Assert.Equal(
            [new FindingSource("GHSA-aaaa-bbbb-cccc", "osv/PyPI", "< 1.5", "1.5", null, "MODERATE") { State = FixState.Fixed }, new FindingSource("PYSEC-2026-1", "osv/PyPI", "< 1.4", "1.4", null, null) { State = FixState.Fixed }],
            finding.Sources);
        Assert.Equal("1.5", finding.FixedIn);
    }

    [Fact]
    public async Task A_source_that_disagrees_and_was_withdrawn_is_not_kept()
    {
        const string Flaw = "\"aliases\": [\"CVE-2026-1\"],";
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("GHSA-aaaa-bbbb-cccc", "npm", "left", "introduced 0, fixed 3", Flaw),
            Records.Range("GHSA-dddd-eeee-ffff", "npm", "left", "introduced 0, fixed 1", Flaw),
            Records.Range("GHSA-gggg-hhhh-iiii", "npm", "left", "introduced 0, fixed 1", "\"upstream\": [\"CVE-2026-1\"], \"withdrawn\": \"2026-02-01T00:00:00Z\","));

        var finding = Assert.Single(database.Findings(Components.Npm("left", "2.0.0")));
        Assert.Equal(["GHSA-aaaa-bbbb-cccc", "GHSA-dddd-eeee-ffff"], finding.Sources.Select(source => source.Advisory).Order());
    }

    [Fact]
    public async Task A_source_that_disagrees_is_kept_with_its_word()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("GHSA-aaaa-bbbb-cccc", "PyPI", "left", "introduced 0, fixed 1.5", "\"aliases\": [\"CVE-2026-1\"],"),
            Records.Range("PYSEC-2026-1", "PyPI", "left", "introduced 0, fixed 1.2", "\"aliases\": [\"CVE-2026-1\"],"));

        var finding = Assert.Single(database.Findings(Components.PyPI("left", "1.3")));

        Assert.Equal("1.5", finding.FixedIn);
        Assert.Equal(["< 1.5", "not affected: < 1.2"], finding.Sources.Select(source => source.Matched));
    }

    [Fact]
    public async Task An_erratum_for_several_flaws_is_a_finding_for_each()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("DLA-1-1", "Debian:12", "left", "introduced 0, fixed 2", "\"upstream\": [\"CVE-2026-2\", \"CVE-2026-1\"],"),
            Records.Range("DEBIAN-CVE-2026-1", "Debian:12", "left", "introduced 0, fixed 2", "\"upstream\": [\"CVE-2026-1\"],"));

        var findings = database.Findings(Components.Debian("left", "1"));

        Assert.Equal(["CVE-2026-1", "CVE-2026-2"], findings.Select(finding => finding.Id));
        Assert.Equal(["DEBIAN-CVE-2026-1", "DLA-1-1"], findings[0].Aliases);
        Assert.Equal(["DLA-1-1"], findings[1].Sources.Select(source => source.Advisory));
    }

    [Fact]
    public async Task An_upstream_id_that_nothing_explains_beside_a_cve_is_no_flaw_of_its_own()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("CLEANSTART-1", "CleanStart", "left", "introduced 0, fixed 2", "\"upstream\": [\"CVE-2026-1\", \"ghsa-zzzz-zzzz-zzzz\"],"));

        Assert.Equal(["CVE-2026-1"], database.Findings(Components.Of("CleanStart", "apk", "left", "1")).Select(finding => finding.Id));
    }

    [Fact]
    public async Task Errata_that_name_their_cves_as_related_speak_of_those_cves()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("ALSA-2026:1", "AlmaLinux:9", "left", "introduced 0, fixed 2-1.el9", "\"related\": [\"CVE-2026-1\"],"),
            Records.Range("GHSA-aaaa-bbbb-cccc", "npm", "left", "introduced 0", "\"related\": [\"CVE-2026-1\"],"));

        Assert.Equal("CVE-2026-1", Assert.Single(database.Findings(Components.Of("AlmaLinux:9", "rpm", "left", "1-1.el9"))).Id);
        Assert.Equal("GHSA-aaaa-bbbb-cccc", Assert.Single(database.Findings(Components.Npm("left", "1.0.0"))).Id);
    }

    [Fact]
    public async Task Bug_fixes_are_not_security_advisories()
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range("ALBA-2026:1", "AlmaLinux:9", "left", "introduced 0, fixed 2-1.el9"));

        Assert.Equal(0, database.Info.Advisories);
        Assert.Equal("a bug fix or an enhancement, not a security advisory", database.Info.Sources.Single().Reasons.Single().Reason);
    }

    [Fact]
    public async Task Rocky_is_asked_for_the_package_and_where_that_is_unknown_for_its_source()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("RLSA-1", "Rocky Linux:9", "openssl", "introduced 0, fixed 1:3.0.7-2.el9"),
            Records.Range("RLSA-2", "Rocky Linux:9", "gzip-libs", "introduced 0, fixed 0:1.10-9.el9"));
        var libs = Components.Of("Rocky Linux:9", "rpm", "openssl-libs", "1:3.0.7-1.el9") with { Source = new SourcePackage("openssl", "1:3.0.7-1.el9") };
        var gzip = Components.Of("Rocky Linux:9", "rpm", "gzip-libs", "1.10-8.el9") with { Source = new SourcePackage("gzip", "1.10-8.el9") };

        Assert.Equal(["RLSA-1", "RLSA-2"], database.Findings(libs, gzip).Select(finding => finding.Id));
    }

    [Theory]
    [InlineData(null, "1:16.19.1-1.el9_2", false)]
    [InlineData(null, "1:16.18.0-1.el9_2", true)]
    [InlineData(null, "1:18.14.2-2.module+el9.2.0+14843+acebbfea", true)]
    [InlineData("nodejs:18", "1:18.14.2-2.module+el9.2.0+14843+acebbfea", true)]
    [InlineData("nodejs:18", "1:18.14.2-3.module+el9.2.0+14843+acebbfea", false)]
    [InlineData("nodejs:20", "1:18.14.2-2.module+el9.2.0+14843+acebbfea", false)]
    public async Task Rockys_builds_of_modules_and_others_of_the_same_name_have_nothing_to_do_with_each_other(string? stream, string version, bool affected)
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Rocky("Important: nodejs:18 security update"),
            Records.Range("RLSA-2", "Rocky Linux:9", "nodejs", "introduced 0, fixed 1:16.19.1-1.el9_2"));
        var node = Components.Of("Rocky Linux:9", "rpm", "nodejs", version) with
        {
            Purl = PackageUrl.Of("rpm", "rocky", "nodejs", version, [.. stream is null ? Array.Empty<(string, string)>() : [("rpmmod", stream)]]),
        };

        Assert.Equal(affected, database.Findings(node).Any());
    }

    [Fact]
    public async Task An_erratum_of_Rocky_that_tells_no_stream_speaks_of_packages_of_every_stream()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Rocky("nodejs security update (Important)"));
        var version = "1:18.12.1-1.module+el9.1.0+1+1";
        var node = Components.Of("Rocky Linux:9", "rpm", "nodejs", version) with { Purl = PackageUrl.Of("rpm", "rocky", "nodejs", version, ("rpmmod", "nodejs:18")) };

        Assert.Equal("RLSA-1", Assert.Single(database.Findings(node)).Id);
        Assert.Empty(database.Findings(Components.Of("Rocky Linux:9", "rpm", "nodejs", "1:16.19.1-1.el9_2")));
    }

    private static string Rocky(string line) =>
        $$"""
        { "id": "RLSA-1", "summary": "{{line}}", "affected": [ { "package": { "ecosystem": "Rocky Linux:9", "name": "nodejs" },
          "ranges": [ { "type": "ECOSYSTEM", "events": [ { "introduced": "0" }, { "fixed": "1:18.14.2-3.module+el9.2.0+14843+acebbfea" } ] } ] } ] }
        """;

    [Fact]
    public async Task Builds_of_one_fix_for_several_minor_releases_count_from_the_lowest()
    {
        const string Builds =
            """
            { "id": "ALSA-2026:2", "related": [ "CVE-2026-1" ], "affected": [
              { "package": { "ecosystem": "AlmaLinux:8", "name": "Judy" }, "ranges": [ { "type": "ECOSYSTEM", "events": [ { "introduced": "0" }, { "fixed": "1.0.5-18.module_el8.6.0+2867+72759d2f" } ] } ] },
              { "package": { "ecosystem": "AlmaLinux:8", "name": "Judy" }, "ranges": [ { "type": "ECOSYSTEM", "events": [ { "introduced": "0" }, { "fixed": "1.0.5-18.module_el8.5.0+2632+14ced695" } ] } ] } ] }
            """;
        using var database = await TestDatabase.OfRecordsAsync(Builds);

        Assert.Empty(database.Findings(Components.Of("AlmaLinux:8", "rpm", "Judy", "1.0.5-18.module_el8.5.0+2632+14ced695")));
        Assert.Single(database.Findings(Components.Of("AlmaLinux:8", "rpm", "Judy", "1.0.5-17.module_el8.4.0+2000+00000000")));
    }

    [Theory]
    [InlineData("nodejs:18", "1:18.19.0-1.module_el8.9.0+1+1", true)]
    [InlineData("nodejs:18", "1:18.20.2-1.module_el8.9.0+3768+eb0cb3f0", false)]
    [InlineData("nodejs:20", "1:20.9.0-1.module_el8.9.0+1+1", false)]
    [InlineData("nodejs:16", "1:16.20.0-1.module_el8.9.0+1+1", false)]
    [InlineData(null, "1:18.19.0-1.module_el8.9.0+1+1", true)]
    [InlineData(null, "1:16.20.0-1.module_el8.9.0+1+1", false)]
    public async Task An_erratum_for_one_stream_of_a_module_says_nothing_about_another(string? stream, string version, bool affected)
    {
        using var database = await TestDatabase.OfRecordsAsync(
            """
            { "id": "ALSA-2024:2779", "summary": "Important: nodejs:18 security update", "related": [ "CVE-2024-27982" ], "affected": [
              { "package": { "ecosystem": "AlmaLinux:8", "name": "nodejs" }, "ranges": [ { "type": "ECOSYSTEM", "events": [ { "introduced": "0" }, { "fixed": "1:18.20.2-1.module_el8.9.0+3768+eb0cb3f0" } ] } ] } ] }
            """);
        var node = Components.Of("AlmaLinux:8", "rpm", "nodejs", version) with { Type = ComponentType.OsPackage };

        Assert.Equal(affected, database.Findings(stream is null ? node : node with { Purl = PackageUrl.TryParse($"pkg:rpm/almalinux/nodejs@1?rpmmod={stream}:8090:1", out var purl, out _) ? purl! : null! }).Count == 1);
    }

    [Theory]
    [InlineData(true, "silent", 1)]
    [InlineData(true, "spoken-of", 0)]
    [InlineData(true, "not in the inventory", 0)]
    [InlineData(false, "silent", 0)]
    public async Task Upstream_is_asked_about_what_an_os_package_installed_where_the_distribution_is_silent_and_the_owner_wants_it(bool wanted, string package, int findings)
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("PYSEC-1", "PyPI", "requests", "introduced 0, fixed 2.20.0"),
            Records.Range("DSA-1", "Debian:12", "spoken-of", "introduced 0, fixed 0.1"));
        var owned = Components.PyPI("requests", "2.19.0") with { OwnedBy = Components.Debian(package, "2.19.0-1").Purl.ToString() };
        var inventory = new ComponentInventory { Components = [owned, Components.Debian("silent", "2.19.0-1"), Components.Debian("spoken-of", "2.19.0-1")] };

        var result = new Matcher(database.Database, new MatchOptions { AskUpstreamWhereSilent = wanted }).Match(inventory, new DateOnly(2026, 9, 1));

        Assert.Equal(findings, result.Findings.Length);
    }

    [Fact]
    public async Task An_unmaintained_package_is_past_its_end_of_life()
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Of(
            "RUSTSEC-2026-1", "crates.io", "left", Records.Ranges("introduced 0, fixed 2.0.0") + ", \"database_specific\": { \"informational\": \"unmaintained\" }"));

        var state = Assert.Single(database.Match(Components.Of("crates.io", "cargo", "left", "1.0.0"), Components.Of("crates.io", "cargo", "left", "2.0.0")).Lifecycles);

        Assert.Equal(("left", "unmaintained", OssRuntime.Model.Lifecycles.LifecycleState.EndOfLife, "osv/crates.io"), (state.Product, state.Cycle, state.State, state.Source));
    }

    [Fact]
    public async Task An_unmaintained_package_is_found_and_called_so()
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Of(
            "RUSTSEC-2026-1", "crates.io", "left", Records.Ranges("introduced 0") + ", \"database_specific\": { \"informational\": \"unmaintained\" }"));

        Assert.Single(database.Findings(Components.Of("crates.io", "cargo", "left", "1.0.0")));
        Assert.Equal(OssRuntime.Model.Advisories.AdvisoryKind.Unmaintained, database.Database.Find("RUSTSEC-2026-1").Single().Kind);
    }

    [Fact]
    public async Task Findings_stand_in_one_order_whatever_the_order_of_the_components()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("CVE-2026-1", "npm", "a", "introduced 0", "\"database_specific\": {\"severity\": \"LOW\"},"),
            Records.Range("CVE-2026-2", "npm", "b", "introduced 0", "\"database_specific\": {\"severity\": \"CRITICAL\"},"),
            Records.Range("CVE-2026-3", "npm", "b", "introduced 0", "\"database_specific\": {\"severity\": \"CRITICAL\"},"));
        Component[] components = [Components.Npm("a", "1.0.0"), Components.Npm("b", "1.0.0"), Components.Npm("b", "1.0.0") with { Location = new(null, "z") }];

        var expected = database.Findings(components);

        Assert.Equal(["CVE-2026-2", "CVE-2026-2", "CVE-2026-3", "CVE-2026-3", "CVE-2026-1"], expected.Select(finding => finding.Id));
        Assert.Equal(expected.Select(Line), database.Findings([.. components.Reverse()]).Select(Line));
    }

    [Fact]
    public async Task The_whole_chain_is_told()
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("CVE-2026-1", "npm", "left", "introduced 0, fixed 1.5.0"), Records.Range("CVE-2026-2", "npm", "left", "introduced 2.0.0"));

        var trace = database.Explain(Components.Npm("left", "1.0.0"));

        Assert.Equal("1 flaw, of 2 statements on the package", trace.Answer);
        var lookup = Assert.Single(trace.Lookups);
        Assert.Equal(("npm", "left", "1.0.0", "npm"), (lookup.Ecosystem, lookup.Name, lookup.Version, lookup.Order));
        Assert.Equal(
            [("CVE-2026-1", true, "1.0.0 is within < 1.5.0"), ("CVE-2026-2", false, "1.0.0 is not in an affected range and not listed")],
            lookup.Candidates.Select(candidate => (candidate.Advisory, candidate.Affected, candidate.Reason)));
    }

    private static string Line(Finding finding) => $"{finding.Id} {finding.Component.Purl} {finding.Component.Location.Path}";
}
