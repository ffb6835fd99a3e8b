using OssRuntime.Advisories.Matching;
using OssRuntime.Advisories.Tests.Kit;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Tests.Matching;

public class ProgramMatchingTests
{
    [Theory]
    [InlineData("postgresql", "13.2", true)]
    [InlineData("postgresql", "13.3", false)]
    [InlineData("postgresql", "13beta1", true)]
    [InlineData("haproxy", "13.2", false)]
    public async Task A_program_has_the_flaws_that_Bitnami_knows_of_it(string program, string version, bool isAffected)
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range("BIT-postgresql-2026-1", "Bitnami", "postgresql", "introduced 13.0.0-alpha, fixed 13.3.0", "\"aliases\": [\"CVE-2026-1\"],"));

        Assert.Equal(isAffected ? ["CVE-2026-1"] : [], database.Findings(Program(program, version)).Select(finding => finding.Id));
    }

    [Theory]
    [InlineData("f5:nginx", "1.19.0", true)]
    [InlineData("nginx:nginx", "1.19.0", true)]
    [InlineData("f5:nginx", "1.20.1", false)]
    [InlineData("f5:nginx_plus", "1.19.0", false)]
    public async Task A_program_is_matched_by_the_name_in_CPE_whatever_NVD_called_it_when(string cpe, string version, bool isAffected)
    {
        using var database = await OfNvdAsync(Node("a:igor_sysoev:nginx:*", "\"versionStartIncluding\": \"1.18.0\", \"versionEndExcluding\": \"1.20.1\""));

        var findings = database.Findings(Program("whatever", version, cpe));

        Assert.Equal(isAffected ? [MatchBasis.Cpe] : [], findings.Select(finding => finding.MatchedBy));
    }

    [Theory]
    [InlineData("3.0.2", false)]
    [InlineData("3.0.3", true)]
    [InlineData("3.0.9", true)]
    [InlineData("3.1.0", false)]
    [InlineData("1.1.1k", true)]
    [InlineData("1.1.1", false)]
    public async Task Bounds_count_and_do_not_count_as_they_say(string version, bool isAffected)
    {
        using var database = await OfNvdAsync(
            Node("a:openssl:openssl:*", "\"versionStartExcluding\": \"3.0.2\", \"versionEndIncluding\": \"3.0.9\"") + "," + Node("a:openssl:openssl:1.1.1k", null));

        Assert.Equal(isAffected, database.Findings(Program("openssl", version, "openssl:openssl")).Count == 1);
    }

    [Theory]
    [InlineData("o:microsoft:windows:-", false)]
    [InlineData("o:apple:macos:-", false)]
    [InlineData("h:vendor:router:-", false)]
    [InlineData("o:linux:linux_kernel:-", true)]
    [InlineData("a:apache:http_server:-", true)]
    public async Task What_a_program_has_to_run_on_must_be_possible_in_a_container(string condition, bool isAffected)
    {
        using var database = await OfNvdAsync(Node("a:haxx:curl:*", "\"versionEndExcluding\": \"8.0.0\"") + "," + Node(condition, null, isVulnerable: false), "\"operator\": \"AND\",");

        Assert.Equal(isAffected, database.Findings(Program("curl", "7.80.0", "haxx:curl")).Count == 1);
    }

    [Fact]
    public async Task A_version_for_another_system_is_not_the_images()
    {
        using var database = await OfNvdAsync(Node("a:haxx:curl:*:*:*:*:*:windows", "\"versionEndExcluding\": \"8.0.0\"", tail: ":*:*"));

        Assert.Empty(database.Findings(Program("curl", "7.80.0", "haxx:curl")));
    }

    [Theory]
    [InlineData("""{ "version": "2.2", "lessThan": "7.2.6", "status": "affected", "versionType": "custom" }""", "7.2.5", true)]
    [InlineData("""{ "version": "2.2", "lessThan": "7.2.6", "status": "affected", "versionType": "custom" }""", "7.2.6", false)]
    [InlineData("""{ "version": "0", "lessThanOrEqual": "7.2.5", "status": "affected" }""", "7.2.5", true)]
    [InlineData("""{ "version": "7.2.5", "status": "affected" }""", "7.2.5", true)]
    [InlineData("""{ "version": "7.2.5", "status": "unaffected" }""", "7.2.5", false)]
    [InlineData("""{ "version": "0", "status": "affected" }""", "7.2.5", false)]
    [InlineData("""{ "version": "abcdef", "lessThan": "fedcba", "status": "affected", "versionType": "git" }""", "7.2.5", false)]
    public async Task A_CVE_record_names_a_program_in_words(string versions, string version, bool isAffected)
    {
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string>
        {
            ["cve-v5/CVE-2026-7.json"] = $$"""
                { "cveMetadata": { "cveId": "CVE-2026-7", "state": "PUBLISHED" },
                  "containers": { "cna": { "affected": [ { "vendor": "Redis", "product": "redis", "versions": [ {{versions}} ] } ] } } }
                """,
        });

        Assert.Equal(isAffected, database.Findings(Program("redis", version, "redis:redis")).Count == 1);
    }

    [Fact]
    public async Task Who_publishes_the_program_knows_better_than_a_CPE_name()
    {
        using var database = await TestDatabase.OfFilesAsync(new Dictionary<string, string>
        {
            ["osv/Bitnami/BIT-redis-2026-2.json"] = Records.Range("BIT-redis-2026-2", "Bitnami", "redis", "introduced 0, fixed 7.0.0", "\"aliases\": [\"CVE-2026-2\"],"),
            ["nvd/rest/json/cves/2.0.json"] = Page(Node("a:redis:redis:*", "\"versionEndExcluding\": \"7.4.0\""), ""),
        });

        Assert.Empty(database.Findings(Program("redis", "7.2.0", "redis:redis")));
        Assert.Equal(MatchBasis.Package, Assert.Single(database.Findings(Program("redis", "6.2.0", "redis:redis"))).MatchedBy);
    }

    [Fact]
    public async Task A_program_that_nobody_speaks_of_is_not_covered()
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range("BIT-redis-2026-2", "Bitnami", "redis", "introduced 0, fixed 7.0.0"));

        Assert.Single(database.Match(Program("unheard", "1.0")).Uncovered);
        Assert.Empty(database.Match(Program("redis", "8.0.0")).Uncovered);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 0)]
    public async Task What_another_publisher_built_is_asked_of_upstream_and_not_of_the_distribution(bool isThirdParty, int findings)
    {
        using var database = await TestDatabase.OfRecordsAsync(
            Records.Range("GHSA-aaaa-bbbb-cccc", "npm", "left", "introduced 0, fixed 2.0.0"),
            Records.Range("BIT-grafana-2026-1", "Bitnami", "grafana", "introduced 0, fixed 9.4.0"),
            Records.Range("DSA-1", "Debian:12", "grafana", "introduced 0, fixed 1.0"));
        var package = Components.Debian("grafana", "9.3.0") with { IsThirdParty = isThirdParty };
        var inside = Components.Npm("left", "1.0.0") with { OwnedBy = package.Purl.ToString() };

        var result = new Matcher(database.Database).Match(new ComponentInventory { Components = [package, inside] }, new DateOnly(2026, 9, 1));

        Assert.Equal(findings, result.Findings.Length);
    }

    private static Component Program(string name, string version, string? cpe = null) =>
        Components.Of("generic", "generic", name, version) with { Cpe = cpe is null ? null : $"cpe:2.3:a:{cpe}:{version}:*:*:*:*:*:*:*" };

    private static Task<TestDatabase> OfNvdAsync(string nodes, string head = "") =>
        TestDatabase.OfFilesAsync(new Dictionary<string, string> { ["nvd/rest/json/cves/2.0.json"] = Page(nodes, head) });

    private static string Page(string nodes, string head) => $$"""
        { "vulnerabilities": [ { "cve": { "id": "CVE-2026-2", "vulnStatus": "Analyzed", "configurations": [ { {{head}} "nodes": [ {{nodes}} ] } ] } } ] }
        """;

    private static string Node(string cpe, string? bounds, bool isVulnerable = true, string tail = ":*:*:*:*:*:*:*") => $$"""
        { "operator": "OR", "negate": false, "cpeMatch": [ { "vulnerable": {{(isVulnerable ? "true" : "false")}}, "criteria": "cpe:2.3:{{cpe}}{{tail}}"{{(bounds is null ? "" : $", {bounds}")}} } ] }
        """;
}
