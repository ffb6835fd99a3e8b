using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests;

/// <summary>Cases that the world remembers, by the records of the slice and by the real ones.</summary>
public class RecordedCasesTests
{
    [Fact]
    public async Task Log4Shell_is_found_in_a_library_within_a_fat_jar()
    {
        var nested = Components.Of("Maven", "generic", "org.apache.logging.log4j:log4j-core", "2.14.1") with
        {
            Location = new ComponentLocation(null, "app/service.jar!/BOOT-INF/lib/log4j-core-2.14.1.jar"),
        };

        Assert.All(await MatchAsync(nested), findings =>
        {
            var finding = findings.Single(finding => finding.Id == "CVE-2021-44228");
            Assert.True(finding is { KnownExploited: true, Severity: Severity.Critical });
            Assert.Equal("app/service.jar!/BOOT-INF/lib/log4j-core-2.14.1.jar", finding.Component.Location.Path);
        });
    }

    [Theory]
    [InlineData("5.6.0-r0", true)]
    [InlineData("5.6.1-r1", true)]
    [InlineData("5.6.1-r2", false)]
    public async Task The_back_door_in_xz_is_found_under_its_origin(string version, bool affected)
    {
        var library = Components.Of("Alpine:edge", "apk", "xz-libs", version) with { Type = ComponentType.OsPackage, Source = new SourcePackage("xz", version) };

        Assert.All(await MatchAsync(library), findings => Assert.Equal(affected, findings.Any(finding => finding.Id == "CVE-2024-3094")));
    }

    [Theory]
    [InlineData("Ubuntu:23.04", "libwebkit2gtk-4.1-0", "2.40.0-0ubuntu0.23.04.1", "webkit2gtk", "CVE-2023-28205")]
    [InlineData("AlmaLinux:8", "mod_http2", "1.15.7-2.module_el8.5.0+2609+b30d9eec", "httpd", "CVE-2021-40438")]
    [InlineData("Rocky Linux:9", "webkit2gtk3", "0:2.36.7-1.el9_1.1", "webkit2gtk3", "CVE-2022-42856")]
    public async Task A_flaw_that_only_an_erratum_names_is_known_to_be_exploited(string ecosystem, string name, string version, string source, string id)
    {
        var component = Components.Of(ecosystem, "generic", name, version) with { Type = ComponentType.OsPackage, Source = new SourcePackage(source, version) };

        Assert.All(await MatchAsync(component), findings => Assert.True(findings.Single(finding => finding.Id == id).KnownExploited));
    }

    [Fact]
    public async Task A_Python_package_that_an_rpm_installed_is_left_to_the_distribution()
    {
        var owned = Components.PyPI("requests", "2.19.0") with { OwnedBy = "pkg:rpm/almalinux/python3-requests@2.20.0-3.el8_8?arch=noarch" };

        Assert.All(await MatchAsync(owned), Assert.Empty);
        Assert.All(await MatchAsync(Components.PyPI("requests", "2.19.0")), Assert.NotEmpty);
    }

    [Theory]
    [InlineData("go1.16", true)]
    [InlineData("1.16.1", false)]
    public async Task The_standard_library_of_Go_is_a_package(string version, bool affected) =>
        Assert.All(await MatchAsync(Components.Of("Go", "generic", "stdlib", version)), findings => Assert.Equal(affected, findings.Any(finding => finding.Id == "CVE-2021-27919")));

    [Fact]
    public async Task A_record_that_would_condemn_legitimate_releases_is_shown_and_not_believed()
    {
        Assert.All(await MatchAsync(Components.Npm("gitlabhook", "0.0.17")), findings =>
        {
            var held = findings.Single(finding => finding.Id == "MAL-2023-476");
            Assert.Equal((FindingStatus.UnderInvestigation, Severity.Unknown), (held.Status, held.Severity));
        });
        Assert.All(
            await MatchAsync(Components.Npm("event-stream", "3.3.6")),
            findings => Assert.Equal((FindingStatus.Affected, Severity.Malicious), (findings[0].Status, findings[0].Severity)));
    }

    /// <summary>Upstream fixed CVE-2022-37434 in zlib 1.2.13; Debian 11 mended its 1.2.11 and kept the number.</summary>
    [Theory]
    [InlineData("1:1.2.11.dfsg-2+deb11u1", true)]
    [InlineData("1:1.2.11.dfsg-2+deb11u2", false)]
    public async Task A_fix_that_Debian_backported_ends_the_flaw_in_an_old_version(string version, bool affected)
    {
        var zlib = Components.Debian("zlib1g", version, "zlib", release: "11");

        Assert.All(await MatchAsync(zlib), findings => Assert.Equal(affected, findings.Any(finding => finding.Id == "CVE-2022-37434")));
    }

    [Theory]
    [InlineData("libcrypto3", "3.3.1-r0", true)]
    [InlineData("libcrypto3", "3.3.1-r1", false)]
    public async Task An_Alpine_package_is_judged_by_its_origin(string name, string version, bool affected)
    {
        var library = Components.Of("Alpine:v3.20", "apk", name, version) with { Type = ComponentType.OsPackage, Source = new SourcePackage("openssl", version) };

        Assert.All(await MatchAsync(library), findings => Assert.Equal(affected, findings.Any(finding => finding.Id == "CVE-2024-5535")));
    }

    /// <summary>ALSA-2023:1583 fixes nodejs:18 in 1:18.14.2-2; the epoch stands before the version, and nodejs:16 has errata of its own.</summary>
    [Theory]
    [InlineData("nodejs:18", "1:18.12.1-2.module_el8.7.0+3370+40ccb2a8", true)]
    [InlineData("nodejs:18", "1:18.14.2-2.module_el8.7.0+3497+c65299e7", false)]
    [InlineData("nodejs:18", "18.99.0-1.module_el8.7.0+1+1", true)]
    [InlineData("nodejs:16", "1:16.19.1-1.module_el8.7.0+3496+cf67f99a", false)]
    public async Task An_rpm_with_epoch_and_module_is_judged_in_its_stream(string stream, string version, bool affected)
    {
        var node = Components.Of("AlmaLinux:8", "rpm", "nodejs", version) with
        {
            Type = ComponentType.OsPackage,
            Purl = PackageUrl.TryParse($"pkg:rpm/almalinux/nodejs@1?rpmmod={stream}:8070020230306:bd1311ed", out var purl, out _) ? purl! : throw new InvalidOperationException(),
        };

        Assert.All(await MatchAsync(node), findings => Assert.Equal(affected, findings.Any(finding => finding.Aliases.Contains("ALSA-2023:1583"))));
    }

    [Theory]
    [InlineData("3.3.6", true)]
    [InlineData("3.3.5", false)]
    [InlineData("4.0.1", false)]
    public async Task Event_stream_was_malicious_in_one_version(string version, bool malicious) =>
        Assert.All(await MatchAsync(Components.Npm("event-stream", version)), findings => Assert.Equal(malicious, findings.Any(finding => finding.Severity == Severity.Malicious)));

    /// <summary>GHSA-rwqr-c348-m5wr said that aiohttp up to 3.8.1 leaks memory, and was withdrawn.</summary>
    [Fact]
    public async Task A_withdrawn_advisory_is_no_finding_and_is_still_explained()
    {
        var aiohttp = Components.PyPI("aiohttp", "3.8.1");
        Assert.All(
            await MatchAsync(aiohttp),
            findings => Assert.DoesNotContain(findings, finding => finding.Id == "CVE-2022-33124" || finding.Aliases.Contains("GHSA-rwqr-c348-m5wr")));
        Assert.All(await Corpora.OfAsync(), corpus =>
        {
            var candidate = new Matcher(corpus.Database).Explain(aiohttp).Lookups.SelectMany(lookup => lookup.Candidates).Single(candidate => candidate.Advisory == "GHSA-rwqr-c348-m5wr");
            Assert.Equal((false, "the advisory was withdrawn"), (candidate.Affected, candidate.Reason));
        });
    }

    /// <summary>The findings by each corpus.</summary>
    private static async Task<IReadOnlyList<IReadOnlyList<Finding>>> MatchAsync(Component component)
    {
        var inventory = new ComponentInventory { Components = [component] };
        return [.. (await Corpora.OfAsync()).Select(corpus => new Matcher(corpus.Database).Match(inventory, new DateOnly(2026, 9, 1)).Findings)];
    }
}
