using System.Text.Json;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Model.Packages;
using OssRuntime.Policy.Priorities;
using OssRuntime.Policy.Rules;
using OssRuntime.Policy.Violations;

namespace OssRuntime.Policy.Tests.Rules;

public sealed class RuleMatcherTests
{
    private const string Wormable = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";

    private static readonly PolicySubject Image = new(
        new ComponentInventory
        {
            Components =
            [
                Component("lodash", "4.17.15") with { Licenses = ["MIT"], Origin = "https://registry.npmjs.org/lodash/-/lodash-4.17.15.tgz" },
                Component("@acme/core", "1.0.0") with { Licenses = ["AGPL-3.0-only"], Origin = "https://registry.npmjs.org/@acme/core/-/core-1.0.0.tgz" },
                Component("@acme/web", "1.0.0") with { Origin = "https://npm.acme.example/web-1.0.0.tgz" },
            ],
        },
        [
            new Finding { Id = "CVE-2021-1", Aliases = ["GHSA-1"], Severity = Severity.Critical, KnownExploited = true, Vector = Wormable, FixedIn = "4.17.21", Component = Component("lodash", "4.17.15") },
            new Finding { Id = "CVE-2021-2", Severity = Severity.Medium, Epss = 0.4, Component = Component("lodash", "4.17.15") },
            new Finding { Id = "CVE-2021-3", Severity = Severity.Critical, KnownExploited = true, Status = FindingStatus.NotAffected, Component = Component("lodash", "4.17.15") },
            new Finding { Id = "MAL-1", Severity = Severity.Malicious, Component = Component("@acme/core", "1.0.0") },
        ],
        [
            new LifecycleStatus("nodejs", "14", LifecycleState.EndOfLife, new DateOnly(2023, 4, 30), -500, "pkg:generic/node@14.0.0", "test"),
            new LifecycleStatus("debian", "12", LifecycleState.Supported, new DateOnly(2026, 6, 10), 20, "Debian GNU/Linux 12", "test"),
        ]);

    [Theory]
    [InlineData("\"severity\":\"High\"", "CVE-2021-1 (Critical, exploited) in pkg:npm/lodash@4.17.15|MAL-1 (Malicious) in pkg:npm/%40acme/core@1.0.0")]
    [InlineData("\"knownExploited\":true", "CVE-2021-1 (Critical, exploited) in pkg:npm/lodash@4.17.15")]
    [InlineData("\"epssPercent\":40", "CVE-2021-2 (Medium) in pkg:npm/lodash@4.17.15")]
    [InlineData("\"malicious\":true", "MAL-1 (Malicious) in pkg:npm/%40acme/core@1.0.0")]
    [InlineData("\"severity\":\"Critical\",\"fixable\":true", "CVE-2021-1 (Critical, exploited) in pkg:npm/lodash@4.17.15")]
    [InlineData("\"advisories\":[\"GHSA-*\"]", "CVE-2021-1 (Critical, exploited) in pkg:npm/lodash@4.17.15")]
    [InlineData("\"endOfLife\":true", "nodejs 14 (pkg:generic/node@14.0.0) ended 2023-04-30")]
    [InlineData("\"endOfLifeWithinDays\":30", "nodejs 14 (pkg:generic/node@14.0.0) ended 2023-04-30|debian 12 (Debian GNU/Linux 12) ends 2026-06-10")]
    [InlineData("\"deniedPackages\":[\"pkg:npm/lodash <4.17.21\"]", "pkg:npm/lodash@4.17.15 is denied by 'pkg:npm/lodash <4.17.21'")]
    [InlineData("\"reservedPackages\":[\"pkg:npm/@acme/*\"],\"origins\":[\"https://npm.acme.example/*\"]", "pkg:npm/%40acme/core@1.0.0 has a reserved name and comes from elsewhere")]
    [InlineData("\"licenses\":[\"AGPL-*\"]", "pkg:npm/%40acme/core@1.0.0 is under AGPL-3.0-only")]
    [InlineData("\"vettedPackages\":[\"pkg:npm/@acme/*\"],\"ecosystems\":[\"npm\"]", "pkg:npm/lodash@4.17.15 is not vetted")]
    [InlineData("\"vettedPackages\":[\"pkg:pypi/*\"],\"ecosystems\":[\"pypi\"]", "")]
    [InlineData("\"lifecycleStates\":[\"EndOfLife\",\"Supported\"]", "nodejs 14 (pkg:generic/node@14.0.0) ended 2023-04-30|debian 12 (Debian GNU/Linux 12) ends 2026-06-10")]
    [InlineData("\"lifecycleStates\":[\"SecurityOnly\"]", "")]
    [InlineData("\"allowedLicenses\":[\"MIT\"]", "pkg:npm/%40acme/core@1.0.0 is under AGPL-3.0-only, which is not among the allowed licences")]
    [InlineData("\"advisories\":[\"NAME-*\"]", "")]
    [InlineData("\"unverifiedInventory\":true", "the inventory is read from Layers and not verified")]
    public void A_rule_names_what_breaks_it(string conditions, string expected) =>
        Assert.Equal(
            expected.Split('|', StringSplitOptions.RemoveEmptyEntries),
            RuleMatcher.Match([Policy(conditions)], Image).SelectMany(hit => hit.Items).Select(item => item.Text));

    [Theory]
    [InlineData(LifecycleState.EndOfLife, null, "debian 10 (pkg:deb/debian/base) has ended")]
    [InlineData(LifecycleState.EndOfLife, "2024-06-30", "debian 10 (pkg:deb/debian/base) ended 2024-06-30")]
    [InlineData(LifecycleState.Supported, null, "debian 10 (pkg:deb/debian/base) is Supported")]
    [InlineData(LifecycleState.Supported, "2024-06-30", "debian 10 (pkg:deb/debian/base) ends 2024-06-30")]
    [InlineData(LifecycleState.SecurityOnly, null, "debian 10 (pkg:deb/debian/base) is SecurityOnly")]
    [InlineData(LifecycleState.SecurityOnly, "2024-06-30", "debian 10 (pkg:deb/debian/base) is SecurityOnly and ends 2024-06-30")]
    [InlineData(LifecycleState.Unknown, null, "debian 10 (pkg:deb/debian/base) is Unknown")]
    public void A_release_cycle_says_its_state_and_its_end_where_it_is_known(LifecycleState state, string? end, string text)
    {
        var image = Image with { Lifecycles = [new LifecycleStatus("debian", "10", state, end is null ? null : DateOnly.Parse(end), null, "pkg:deb/debian/base", "test")] };
        var item = Assert.Single(Assert.Single(RuleMatcher.Match([Policy("\"lifecycleStates\":[\"Unknown\",\"Supported\",\"SecurityOnly\",\"EndOfLife\"]")], image)).Items);
        Assert.Equal((text, "base"), (item.Text, item.Package!.Name));
    }

    [Theory]
    [InlineData("\"priority\":\"Immediate\"", ExposureLevel.Internet, HumanImpact.High, true)]
    [InlineData("\"priority\":\"Immediate\"", ExposureLevel.None, HumanImpact.Low, false)]
    [InlineData("\"knownExploited\":true,\"exposure\":\"Internet\"", ExposureLevel.Internet, HumanImpact.Low, true)]
    [InlineData("\"knownExploited\":true,\"exposure\":\"Internet\"", ExposureLevel.Cluster, HumanImpact.Low, false)]
    [InlineData("\"knownExploited\":true,\"exposure\":\"Internet\"", null, HumanImpact.Low, false)]
    public void What_the_workload_adds_decides_later(string conditions, ExposureLevel? level, HumanImpact impact, bool broken)
    {
        var findings = Image with { Findings = [Image.Findings[0]] };
        var context = new DeployerContext(level is { } known ? DeployerContext.ExposureOf(known) : SystemExposure.Controlled, impact);
        var violations = ViolationFinder.Find(RuleMatcher.Match([Policy(conditions)], findings), Names, context, level, (_, _) => false);
        Assert.Equal(broken, violations.Length == 1);
    }

    [Fact]
    public void A_violation_says_what_breaks_the_rule_and_the_fix() =>
        Assert.Equal(
            "Deny prod/r: CVE-2021-1 (Critical, exploited) in pkg:npm/lodash@4.17.15, fixed in 4.17.21 and 1 more (see the wiki)",
            Assert.Single(Find("\"severity\":\"High\",\"message\":\"see the wiki\"")).Text);

    [Fact]
    public void A_policy_for_others_breaks_nothing() =>
        Assert.Empty(ViolationFinder.Find(RuleMatcher.Match([Policy("\"severity\":\"Low\"")], Image), new HashSet<string>(), DeployerContext.Assumed, null, (_, _) => false));

    [Fact]
    public void What_has_no_name_is_excepted_with_the_whole_rule_only()
    {
        var many = Image with { Findings = [.. Enumerable.Range(0, 200).Select(i => Image.Findings[0] with { Id = $"CVE-{i}" })] };
        var hits = RuleMatcher.Match([Policy("\"severity\":\"High\"")], many);
        Assert.Equal((RuleMatcher.MostItems, 200 - RuleMatcher.MostItems), (hits[0].Items.Length, hits[0].More));
        Assert.Equal(200 - RuleMatcher.MostItems, Assert.Single(ViolationFinder.Find(hits, Names, DeployerContext.Assumed, null, (_, item) => item is not null)).Count);
        Assert.Empty(ViolationFinder.Find(hits, Names, DeployerContext.Assumed, null, (_, _) => true));
    }

    [Theory]
    [InlineData(29, null, false)]
    [InlineData(30, null, true)]
    [InlineData(5, 29, false)]
    [InlineData(5, 30, true)]
    [InlineData(40, 1, true)]
    [InlineData(null, 30, true)]
    [InlineData(null, null, false)]
    public void A_fix_is_known_since_its_advisory_says_so_or_somebody_noted_it(int? publishedAgo, int? seenAgo, bool broken)
    {
        var today = new DateOnly(2026, 11, 26);
        var image = Image with
        {
            Findings = [Image.Findings[0] with { FixKnownOn = publishedAgo is { } days ? today.AddDays(-days) : null }],
            Today = today,
            FixSeenOn = _ => seenAgo is { } seen ? today.AddDays(-seen) : null,
        };
        Assert.Equal(broken, !RuleMatcher.Match([Policy("\"fixableForDays\":30")], image).IsEmpty);
        Assert.Empty(RuleMatcher.Match([Policy("\"fixableForDays\":30")], image with { Today = null }));
        Assert.Empty(RuleMatcher.Match([Policy("\"fixableForDays\":30")], image with { Findings = [image.Findings[0] with { FixedIn = null }] }));
    }

    [Fact]
    public void A_version_that_is_too_young_breaks_the_rule_where_somebody_says_when_it_was_published()
    {
        var today = new DateOnly(2026, 11, 26);
        var image = Image with { Today = today, PublishedOn = component => component.Name == "lodash" ? today.AddDays(-6) : null };
        Assert.Equal(
            ["pkg:npm/lodash@4.17.15 was published on 2026-11-20, less than 7 days ago"],
            RuleMatcher.Match([Policy("\"minimumAgeDays\":7,\"ecosystems\":[\"npm\"]")], image).SelectMany(hit => hit.Items).Select(item => item.Text));
        Assert.Empty(RuleMatcher.Match([Policy("\"minimumAgeDays\":6")], image));
        Assert.Empty(RuleMatcher.Match([Policy("\"minimumAgeDays\":7,\"ecosystems\":[\"pypi\"]")], image));
    }

    [Theory]
    [InlineData("not.a.version", "its version cannot be compared")]
    [InlineData(null, "it has no version")]
    public void A_package_whose_version_cannot_be_compared_with_a_denied_range_is_not_taken_for_another(string? version, string why)
    {
        var purl = PackageUrl.Parse("pkg:npm/lodash" + (version is null ? "" : "@" + version));
        var image = Image with { Inventory = new ComponentInventory { Components = [Image.Inventory.Components[0] with { Purl = purl, Name = "lodash", Version = version ?? "" }] } };
        Assert.Equal(
            [$"{purl} may be denied by 'pkg:npm/lodash <4.17.21': {why}"],
            RuleMatcher.Match([Policy("\"deniedPackages\":[\"pkg:npm/lodash <4.17.21\"]")], image).SelectMany(hit => hit.Items).Select(item => item.Text));
        Assert.Empty(RuleMatcher.Match([Policy("\"deniedPackages\":[\"pkg:npm/left-pad <4.17.21\"]")], image));
        Assert.NotEmpty(RuleMatcher.Match([Policy("\"vettedPackages\":[\"pkg:npm/lodash <4.17.21\"]")], image));
    }

    [Theory]
    [InlineData("2026-11-20", "")]
    [InlineData("2026-11-19", "")]
    [InlineData("2026-11-18", "the newest record of the advisory database is 8 days old, 7 are allowed")]
    [InlineData("2027-01-26", "the newest record of the advisory database is 61 days ahead of the clock,")]
    [InlineData(null, "the age of the advisory database is not known")]
    public void A_database_that_is_too_old_or_of_an_age_that_nobody_knows_breaks_the_rule(string? newest, string expected)
    {
        var image = Image with { Today = new DateOnly(2026, 11, 26), NewestRecord = newest is null ? null : DateTimeOffset.Parse($"{newest}T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture) };
        var lines = RuleMatcher.Match([Policy("\"databaseOlderThan\":\"7d\"")], image).SelectMany(hit => hit.Items).Select(item => item.Text).ToList();
        Assert.Equal(expected.Length == 0 ? 0 : 1, lines.Count);
        Assert.All(lines, line => Assert.StartsWith(expected, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData(3, 0)]
    [InlineData(2, 1)]
    public void What_was_not_checked_breaks_the_rule_and_nobody_knows_counts_as_nothing(int? checkedComponents, int lines)
    {
        var coverage = checkedComponents is { } known
            ? new CheckCoverage(3, known, known == 3 ? [] : [new UncheckedGroup(UncheckedReason.EcosystemNotCovered, "npm", 3 - known, 0, [])])
            : null;
        Assert.Equal(lines, RuleMatcher.Match([Policy("\"unchecked\":{}")], Image with { Checked = coverage }).Sum(hit => hit.Items.Length));
    }

    [Theory]
    [InlineData("2026-11-26", 2, 0)]
    [InlineData("2026-11-26", 3, 0)]
    [InlineData("2026-11-01", 2, 2)]
    [InlineData("2026-11-01", 3, 0)]
    public void Both_conditions_on_coverage_must_hold(string newest, int checkedComponents, int lines)
    {
        var image = Image with
        {
            Today = new DateOnly(2026, 11, 26),
            NewestRecord = DateTimeOffset.Parse($"{newest}T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture),
            Checked = new CheckCoverage(3, checkedComponents, checkedComponents == 3 ? [] : [new UncheckedGroup(UncheckedReason.EcosystemNotCovered, "npm", 1, 0, [])]),
        };
        Assert.Equal(lines, RuleMatcher.Match([Policy("\"unchecked\":{},\"databaseOlderThan\":\"7d\"")], image).Sum(hit => hit.Items.Length));
    }

    [Fact]
    public void An_inventory_that_is_old_and_not_verified_says_both() =>
        Assert.Equal(
            ["the inventory was made 90 days ago and is not verified"],
            RuleMatcher.Match([Policy("\"inventoryOlderThanDays\":90,\"unverifiedInventory\":true")], Image with { Today = new DateOnly(2026, 11, 26), InventoriedOn = new DateOnly(2026, 8, 28) })
                .SelectMany(hit => hit.Items).Select(item => item.Text));

    [Fact]
    public void A_reserved_name_without_an_origin_is_told_apart_from_one_of_elsewhere()
    {
        var image = Image with { Inventory = new ComponentInventory { Components = [Component("@acme/core", "1.0.0"), Component("@acme/core", "2.0.0") with { Origin = "https://elsewhere.example/core.tgz" }] } };
        Assert.Equal(
            ["pkg:npm/%40acme/core@1.0.0 has a reserved name and tells no origin", "pkg:npm/%40acme/core@2.0.0 has a reserved name and comes from elsewhere"],
            RuleMatcher.Match([Policy("\"reservedPackages\":[\"pkg:npm/other\",\"pkg:npm/@acme/*\"],\"origins\":[\"https://npm.acme.example/*\"]")], image).SelectMany(hit => hit.Items).Select(item => item.Text));
    }

    [Fact]
    public void A_package_is_vetted_by_any_of_the_patterns() =>
        Assert.Empty(RuleMatcher.Match([Policy("\"vettedPackages\":[\"pkg:npm/@acme/*\",\"pkg:npm/lodash\"],\"ecosystems\":[\"npm\"]")], Image));

    [Theory]
    [InlineData("CVE-2021-1", 1)]
    [InlineData("GHSA-1", 1)]
    [InlineData("CVE-2021-9", 0)]
    public void An_advisory_is_meant_by_its_id_and_by_its_aliases(string pattern, int items) =>
        Assert.Equal(items, RuleMatcher.Match([Policy($"\"advisories\":[\"{pattern}\"]")], Image).Sum(hit => hit.Items.Length));

    [Fact]
    public void An_inventory_that_is_too_old_breaks_the_rule()
    {
        var image = Image with { Today = new DateOnly(2026, 11, 26), InventoriedOn = new DateOnly(2026, 8, 28) };
        Assert.Equal(
            ["the inventory was made 90 days ago"], RuleMatcher.Match([Policy("\"inventoryOlderThanDays\":90")], image).SelectMany(hit => hit.Items).Select(item => item.Text));
        Assert.Empty(RuleMatcher.Match([Policy("\"inventoryOlderThanDays\":91")], image));
        Assert.Empty(RuleMatcher.Match([Policy("\"inventoryOlderThanDays\":90,\"unverifiedInventory\":true")], image with { Inventory = image.Inventory with { Verified = true } }));
    }

    [Theory]
    [InlineData("\"action\":\"Deny\"", "High")]
    [InlineData("\"action\":\"Warn\"", "Medium")]
    [InlineData("\"action\":\"Audit\"", "Low")]
    [InlineData("\"action\":\"Audit\",\"reportSeverity\":\"Critical\"", "Critical")]
    public void Reports_say_how_grave_a_violation_is(string conditions, string severity) =>
        Assert.StartsWith($"{severity} ", Assert.Single(Find("\"malicious\":true," + conditions)).ReportLine, StringComparison.Ordinal);

    [Fact]
    public void An_unvetted_package_is_a_violation_until_an_exception_accepts_it()
    {
        var hits = RuleMatcher.Match([Policy("\"vettedPackages\":[\"pkg:npm/@acme/*\"],\"ecosystems\":[\"npm\"]")], Image);
        var exception = OssRuntime.Policy.Exceptions.RiskExceptionCompiler.Compile("shop", "vetted", new OssRuntime.Policy.Exceptions.RiskExceptionSpec
        {
            Packages = ["pkg:npm/lodash >=4.17.0 <5"],
            Rules = ["prod/r"],
            Reason = "vetted by the platform team",
            Expires = DateTimeOffset.MaxValue,
        }).Exception!;
        var scope = new OssRuntime.Policy.Exceptions.ExceptionScope("shop", null, "web:1", null);
        var place = new PolicyPlace(scope, new Dictionary<string, string>(), null, DeployerContext.Assumed);
        Assert.Single(place.Violations(hits, [hits[0] is { } ? Policy("\"severity\":\"Low\"") : null!], []));
        Assert.Empty(place.Violations(hits, [Policy("\"severity\":\"Low\"")], [exception]));
        Assert.Single((place with { Scope = scope with { Namespace = "other" } }).Violations(hits, [Policy("\"severity\":\"Low\"")], [exception]));
    }

    [Fact]
    public void Rules_that_contradict_each_other_all_have_their_say_and_the_gravest_comes_first()
    {
        var hits = RuleMatcher.Match(
            [Policy("\"severity\":\"High\",\"action\":\"Audit\""), Policy("\"severity\":\"High\",\"action\":\"Deny\"") with { Name = "strict" }], Image);
        Assert.Equal(["strict", "prod"], ViolationFinder.Find(hits, new HashSet<string> { "prod", "strict" }, DeployerContext.Assumed, null, (_, _) => false).Select(violation => violation.Policy));
    }

    private static readonly HashSet<string> Names = ["prod"];

    private static IReadOnlyList<Violation> Find(string conditions) =>
        ViolationFinder.Find(RuleMatcher.Match([Policy(conditions)], Image), Names, DeployerContext.Assumed, null, (_, _) => false);

    private static RiskPolicy Policy(string conditions)
    {
        var json = "{\"apiVersion\":\"ossruntime.io/v1alpha1\",\"kind\":\"RiskPolicy\",\"metadata\":{\"name\":\"prod\"},\"spec\":{\"action\":\"Deny\",\"rules\":[{\"name\":\"r\"," + conditions + "}]}}";
        var reading = RiskPolicyFile.Read(JsonDocument.Parse(json).RootElement);
        Assert.Empty(reading.Errors);
        return reading.Policy!;
    }

    private static Component Component(string name, string version) => new()
    {
        Purl = PackageUrl.Parse($"pkg:npm/{name.Replace("@", "%40", StringComparison.Ordinal)}@{version}"),
        Name = name,
        Version = version,
        Ecosystem = new Ecosystem("npm"),
        Location = new ComponentLocation(null, "package.json"),
    };
}
