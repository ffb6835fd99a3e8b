using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Advisories;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests;

/// <summary>All feeds at once, and the traps that lie in them: the slice, and the real feeds where the machine has them.</summary>
public class WholeCorpusTests
{
    /// <summary>The same of the slice.</summary>
    private static readonly Dictionary<string, (int Read, int Kept)> InSlice = new()
    {
        ["osv/AlmaLinux"] = (4, 3),
        ["osv/Azure Linux"] = (1, 1),
        ["osv/Debian"] = (1, 1),
        ["osv/Go"] = (1, 1),
        ["osv/Maven"] = (1, 1),
        ["osv/NuGet"] = (1, 1),
        ["osv/Packagist"] = (1, 1),
        ["osv/PyPI"] = (4, 4),
        ["osv/Rocky Linux"] = (2, 2),
        ["osv/RubyGems"] = (1, 1),
        ["osv/Ubuntu"] = (3, 3),
        ["osv/crates.io"] = (1, 1),
        ["osv/kubernetes"] = (1, 1),
        ["osv/npm"] = (13, 13),
    };

    /// <summary>Records of each ecosystem's archive; AlmaLinux publishes its bug fixes there too, which are left out.</summary>
    private static readonly Dictionary<string, (int Read, int Kept)> Expected = new()
    {
        ["osv/AlmaLinux"] = (5637, 4440),
        ["osv/Azure Linux"] = (1221, 1221),
        ["osv/Bitnami"] = (7444, 7444),
        ["osv/CRAN"] = (14, 14),
        ["osv/CleanStart"] = (1982, 1982),
        ["osv/DHI"] = (683, 683),
        ["osv/Debian"] = (8906, 8906),
        ["osv/GHC"] = (3, 3),
        ["osv/GIT"] = (182, 182),
        ["osv/Go"] = (4337, 4337),
        ["osv/Hackage"] = (32, 32),
        ["osv/Hex"] = (209, 209),
        ["osv/Julia"] = (1703, 1703),
        ["osv/Maven"] = (5214, 5214),
        ["osv/NuGet"] = (1408, 1408),
        ["osv/Packagist"] = (1798, 1798),
        ["osv/Pub"] = (1, 1),
        ["osv/PyPI"] = (11882, 11882),
        ["osv/Rocky Linux"] = (175, 175),
        ["osv/RubyGems"] = (1924, 1924),
        ["osv/SwiftURL"] = (1, 1),
        ["osv/Ubuntu"] = (393, 393),
        ["osv/crates.io"] = (1210, 1210),
        ["osv/kubernetes"] = (47, 47),
        ["osv/npm"] = (31218, 31217),
        ["osv/opam"] = (26, 26),
    };

    [Fact]
    public async Task Every_record_of_osv_is_kept_or_left_out_for_a_stated_reason()
    {
        foreach (var (isReal, database, info) in await Corpora.OfAsync("osv"))
        {
            database.Verify();
            var sources = info.Sources.ToDictionary(source => source.Name, source => ((int)source.Read, (int)source.Kept));
            Assert.Equal(isReal ? Expected : InSlice, sources);
            Assert.All(info.Sources, source => Assert.Equal(source.Read, source.Kept + source.Skipped + source.Duplicates));
            Assert.All(info.Sources, source => Assert.Empty(source.Failures));
            Assert.Equal(["a bug fix or an enhancement, not a security advisory"], info.Sources.Where(source => source.Skipped > 0).SelectMany(source => source.Reasons).Select(reason => reason.Reason));
            Assert.Empty(info.RefusedGroups);
            Assert.Equal(["MAL-2023-476: npm/gitlabhook"], info.HeldBack);
        }
    }

    /// <summary>The same of the slice.</summary>
    private static readonly Dictionary<string, (int Read, int Kept, int Skipped, int Trimmed)> OthersInSlice = new()
    {
        ["alpine-secdb"] = (4, 3, 1, 0),
        ["cve-v5"] = (1, 1, 0, 0),
        ["debian-tracker/DSA"] = (1, 1, 0, 0),
        ["debian-tracker/tracker"] = (1, 1, 0, 0),
        ["distro-eol/distro-info"] = (1, 1, 0, 0),
        ["dotnet"] = (2, 2, 0, 0),
        ["endoflife.date"] = (20, 20, 0, 0),
        ["epss"] = (3, 3, 0, 0),
        ["kev"] = (5, 5, 0, 0),
        ["names/npm"] = (15, 15, 0, 0),
        ["names/pypi"] = (56, 56, 0, 0),
        ["nodejs-core"] = (1, 1, 0, 0),
        ["nvd"] = (1, 1, 0, 0),
        ["redhat/vex"] = (2, 1, 1, 0),
        ["retirejs/jsrepository"] = (1, 1, 0, 0),
    };

    /// <summary>Records of the other feeds: read, kept, skipped, trimmed.</summary>
    private static readonly Dictionary<string, (int Read, int Kept, int Skipped, int Trimmed)> Others = new()
    {
        ["alpine-secdb"] = (74271, 73783, 488, 0),
        ["cve-v5"] = (5544, 5435, 109, 0),
        ["debian-security-support"] = (69, 35, 34, 0),
        ["debian-tracker/DLA"] = (3534, 3529, 5, 0),
        ["debian-tracker/DSA"] = (5406, 5377, 29, 0),
        ["debian-tracker/tracker"] = (4874, 4874, 0, 0),
        ["distro-eol/distro-info"] = (2, 2, 0, 0),
        ["dotnet"] = (108, 108, 0, 0),
        ["endoflife.date"] = (464, 464, 0, 0),
        ["epss"] = (360142, 47782, 0, 0),
        ["kev"] = (1404, 1404, 0, 0),
        ["names/npm"] = (226993, 226993, 0, 0),
        ["names/pypi"] = (886323, 886323, 0, 0),
        ["nodejs-core"] = (171, 171, 0, 0),
        ["nvd"] = (79, 49, 30, 0),
        ["redhat/advisories"] = (15, 10, 5, 6),
        ["redhat/vex"] = (45, 33, 12, 39),
        ["retirejs/jsrepository"] = (722, 721, 0, 3),
        ["retirejs/npmrepository"] = (544, 535, 0, 1),
    };

    [Fact]
    public async Task Everything_in_the_feeds_loads()
    {
        foreach (var (isReal, database, info) in await Corpora.OfAsync())
        {
            database.Verify();
            var others = info.Sources.Where(source => !source.Name.StartsWith("osv/", StringComparison.Ordinal)).ToList();
            Assert.Equal(Lines(isReal ? Others : OthersInSlice), Lines(others.ToDictionary(source => source.Name, source => ((int)source.Read, (int)source.Kept, (int)source.Skipped, (int)source.Trimmed))));
            Assert.All(info.Sources, source => Assert.Empty(source.Failures));
            Assert.All(info.Sources.Where(source => source.Name != "epss"), source => Assert.Equal(source.Read, source.Kept + source.Skipped + source.Duplicates));
            Assert.All(info.Sources, source => Assert.Equal(source.Skipped + source.Trimmed, source.Reasons.Sum(reason => reason.Records)));
            Assert.Empty(info.RefusedGroups);
        }
    }

    /// <summary>The same of the slice.</summary>
    private static readonly Dictionary<string, int> PublicExploitsInSlice = new() { ["nvd"] = 1, ["osv/Maven"] = 1 };

    /// <summary>Flaws with a public exploit, by the source that names the address.</summary>
    private static readonly Dictionary<string, int> PublicExploits = new()
    {
        ["cve-v5"] = 157,
        ["nvd"] = 19,
        ["osv/Bitnami"] = 9,
        ["osv/Go"] = 4,
        ["osv/Hackage"] = 2,
        ["osv/Julia"] = 1,
        ["osv/PyPI"] = 193,
        ["retirejs/jsrepository"] = 1,
    };

    [Fact]
    public async Task Publishers_name_public_exploits()
    {
        foreach (var (isReal, database, info) in await Corpora.OfAsync())
        {
            using var lease = database.Lease();

            var flaws = Enumerable.Range(0, info.Flaws).Select(flaw => database.Exploits((uint)flaw)).Where(exploits => !exploits.IsEmpty).ToList();

            Assert.Equal(isReal ? (385, 385) : (2, 2), (info.PublicExploits, flaws.Count));
            Assert.Equal(
                isReal ? PublicExploits : PublicExploitsInSlice,
                flaws.SelectMany(exploits => exploits.Select(exploit => exploit.Source).Distinct()).CountBy(source => source).ToDictionary());
        }
    }

    [Theory]
    [InlineData("Alpine:v3.20", "openssl", "3.3.1-r0", "CVE-2024-5535", "3.3.1-r1")]
    [InlineData("Alpine:v3.20", "openssl", "3.3.1-r1", "CVE-2024-5535", "no finding")]
    [InlineData("Debian:11", "xorg-server", "2:1.20.11-1+deb11u5", "CVE-2023-1393", "2:1.20.11-1+deb11u6")]
    [InlineData("Debian:11", "xorg-server", "2:1.20.11-1+deb11u6", "CVE-2023-1393", "no finding")]
    [InlineData("Red Hat:8", "gnutls", "3.6.16-1.el8", "CVE-2024-28834", "3.6.16-8.el8_9.3")]
    [InlineData("Red Hat:6", "bind", "31:9.9-1.el6", "CVE-2025-40778", "no finding")]
    [InlineData("generic", "node", "20.15.0", "CVE-2024-22018", "20.15.1")]
    [InlineData("NuGet", "Microsoft.NETCore.App", "6.0.0", "CVE-2024-43485", "6.0.35")]
    [InlineData("generic", "node", "19.9.0", "CVE-2024-22018", "no finding")]
    public async Task Known_flaws_of_the_other_feeds_are_found_and_end_where_they_were_fixed(string ecosystem, string name, string version, string id, string? fixedIn)
    {
        Assert.All(await Corpora.OfAsync(), corpus =>
        {
            var finding = Match(new Matcher(corpus.Database), Components.Of(ecosystem, "generic", name, version)).Findings.SingleOrDefault(finding => finding.Id == id);
            Assert.Equal(fixedIn, finding is null ? "no finding" : finding.FixedIn);
        });
    }

    [Fact]
    public async Task What_CISA_knows_of_a_flaw_stands_on_the_finding()
    {
        foreach (var (_, database, _) in await Corpora.OfAsync())
        {
            var findings = Match(
                new Matcher(database),
                Components.Of("Maven", "generic", "org.apache.logging.log4j:log4j-core", "2.14.1"),
                Components.Of("Alpine:v3.18", "generic", "nghttp2", "1.55.1-r0")).Findings;

            Assert.True(findings.Single(finding => finding.Id == "CVE-2021-44228") is { KnownExploited: true, Epss: > 0.9 });
            Assert.Equal(new SsvcAssessment(ExploitationEvidence.Active, Automatable: true, TotalImpact: false), findings.Single(finding => finding.Id == "CVE-2023-44487").Ssvc);
        }
    }

    [Theory]
    [InlineData("npm", "lodash", "4.17.15", "CVE-2021-23337", "4.17.21")]
    [InlineData("npm", "jsonwebtoken", "8.5.1", "CVE-2022-23541", null)]
    [InlineData("PyPI", "Django", "2.2.0", "CVE-2019-14234", "2.2.4")]
    [InlineData("PyPI", "PyYAML", "5.1", "CVE-2020-14343", "5.4")]
    [InlineData("Maven", "org.apache.logging.log4j:log4j-core", "2.14.1", "CVE-2021-44228", "2.15.0")]
    [InlineData("Maven", "org.apache.logging.log4j:log4j-core", "2.17.1", "CVE-2021-44228", "no finding")]
    [InlineData("Go", "stdlib", "1.16.0", "CVE-2021-27919", "1.16.1")]
    [InlineData("Go", "stdlib", "go1.16.1", "CVE-2021-27919", "no finding")]
    [InlineData("crates.io", "libusb", "0.3.0", "RUSTSEC-2016-0004", "0.3.1-0")]
    [InlineData("RubyGems", "loofah", "2.19.0", "CVE-2022-23515", "2.19.1")]
    [InlineData("Debian:11", "zlib", "1:1.2.11.dfsg-2", "CVE-2022-37434", "1:1.2.11.dfsg-2+deb11u2")]
    [InlineData("Debian:11", "zlib", "1:1.2.11.dfsg-2+deb11u2", "CVE-2022-37434", "no finding")]
    [InlineData("AlmaLinux:8", "openssl-libs", "1:1.1.1k-5.el8_5", "CVE-2022-0778", "1:1.1.1k-6.el8_5")]
    [InlineData("Rocky Linux:9", "gzip", "1.10-8.el9", "CVE-2022-1271", "0:1.10-9.el9_0")]
    [InlineData("Azure Linux:3", "ansible", "2.16.0-1.azl3", "CVE-2023-5764", "2.17.0-1")]
    [InlineData("kubernetes", "k8s.io/kubelet", "1.9.3", "CVE-2017-1002101", "1.9.4")]
    [InlineData("Packagist", "drupal/core", "8.0.3", "CVE-2016-3162", "8.0.4")]
    [InlineData("NuGet", "newtonsoft.json", "9.0.1", "CVE-2024-21907", "13.0.1")]
    public async Task Known_flaws_are_found_and_end_where_they_were_fixed(string ecosystem, string name, string version, string id, string? fixedIn)
    {
        Assert.All(await FindAsync(Components.Of(ecosystem, "generic", name, version)), findings =>
        {
            var finding = findings.SingleOrDefault(finding => finding.Id == id);
            Assert.Equal(fixedIn, finding is null ? "no finding" : finding.FixedIn);
        });
    }

    [Theory]
    [InlineData("event-stream", "3.3.6", true)]
    [InlineData("event-stream", "3.3.5", false)]
    [InlineData("flatmap-stream", "0.1.1", true)]
    [InlineData("0-shadowenv", "1.0.0", true)]
    [InlineData("0-shadowenv", "0.0.1-security", false)]
    [InlineData("@asyncapi/specs", "6.11.2", true)]
    [InlineData("@asyncapi/specs", "6.11.1", false)]
    [InlineData("@solana/web3.js", "1.95.7", true)]
    [InlineData("@solana/web3.js", "1.95.8", false)]
    [InlineData("debug", "4.4.2", true)]
    [InlineData("debug", "4.4.3", false)]
    [InlineData("@babel/traverse", "7.22.0", false)]
    [InlineData("lodash", "4.17.21", false)]
    [InlineData("gitlabhook", "0.0.17", false)]
    public async Task Malware_is_told_from_the_releases_beside_it(string name, string version, bool malicious)
    {
        Assert.All(
            await FindAsync(Components.Npm(name, version)),
            findings => Assert.Equal(malicious, findings.Any(finding => finding.Severity == Severity.Malicious)));
    }

    [Fact]
    public async Task One_malicious_package_from_two_sources_is_one_finding()
    {
        Assert.All(await FindAsync(Components.Npm("bandkit", "1.0.7")), findings =>
        {
            var finding = Assert.Single(findings);
            Assert.Equal(("MAL-2026-4496", Severity.Malicious), (finding.Id, finding.Severity));
            Assert.Contains("LWA-2026-0053", finding.Aliases);
        });
    }

    [Fact]
    public async Task A_withdrawn_record_is_explained_and_affects_nothing()
    {
        Assert.All(await Corpora.OfAsync("osv"), corpus => Assert.True(Assert.Single(corpus.Database.Find("MAL-2024-1398")).Withdrawn));
    }

    [Fact]
    public async Task Pro_advisories_of_Ubuntu_are_for_those_who_have_it()
    {
        foreach (var (_, database, info) in await Corpora.OfAsync("osv"))
        {
            Assert.Contains(info.Ecosystems, ecosystem => ecosystem.Name == "ubuntu:pro:24.04");

            var matcher = new Matcher(database);
            var plain = Match(matcher, Components.Of("Ubuntu:24.04", "generic", "ansible", "0-1"));
            var pro = Match(matcher, Components.Of("Ubuntu:24.04", "generic", "ansible", "0-1~esm0"));

            Assert.True(plain.Findings.Length <= pro.Findings.Length);
            Assert.Empty(plain.Uncovered);
        }
    }

    [Fact]
    public async Task Every_package_and_version_of_the_feeds_can_be_asked_for()
    {
        foreach (var (_, database, info) in await Corpora.OfAsync("osv"))
        {
            using var lease = database.Lease();
            var matcher = new Matcher(database);
            foreach (var ecosystem in info.Ecosystems)
            {
                foreach (var version in RowVersions.Of(database, ecosystem.Name).Distinct().Take(20))
                {
                    var result = Match(matcher, Components.Of(ecosystem.Name, "generic", "no such package", version));

                    Assert.Empty(result.Findings);
                    Assert.Empty(result.Uncovered);
                }
            }
        }
    }

    private static string Lines(Dictionary<string, (int Read, int Kept, int Skipped, int Trimmed)> table) =>
        string.Join('\n', table.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));

    /// <summary>The findings by each corpus.</summary>
    private static async Task<IReadOnlyList<IReadOnlyList<Finding>>> FindAsync(params Component[] components) =>
        [.. (await Corpora.OfAsync("osv")).Select(corpus => Match(new Matcher(corpus.Database), components).Findings)];

    private static MatchResult Match(Matcher matcher, params Component[] components) =>
        matcher.Match(new ComponentInventory { Components = [.. components] }, new DateOnly(2026, 9, 1));
}
