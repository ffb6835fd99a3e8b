using OssRuntime.Model.Findings;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Priorities;
using OssRuntime.Policy.Rules;
using OssRuntime.Policy.Violations;

namespace OssRuntime.Policy.Tests.Violations;

/// <summary>A rule on exposure is broken, kept, or neither can be told.</summary>
public sealed class PolicyPlaceTests
{
    private static readonly RiskPolicy Policy = new() { Name = "prod", Rules = [Rule("internet", ExposureLevel.Internet)] };

    [Theory]
    [InlineData("Internet", "", true, false)]
    [InlineData("Cluster", "", false, false)]
    [InlineData("Cluster", "Internet", false, true)]
    [InlineData("Cluster", "Namespace,Internet", false, true)]
    [InlineData("None", "Cluster", false, false)]
    [InlineData("Internet", "Internet", true, false)]
    [InlineData(null, "", false, true)]
    public void A_rule_on_exposure_is_broken_or_kept_or_it_cannot_be_told(string? level, string uncertain, bool broken, bool undecided)
    {
        var place = Place(level, uncertain);
        Assert.Equal(broken, place.Violations([Hit(ExposureLevel.Internet)], [Policy], []).Length == 1);
        Assert.Equal(undecided, place.Undecided([Hit(ExposureLevel.Internet)], [Policy], []).Length == 1);
    }

    [Theory]
    [InlineData("Cluster", "", "Cluster")]
    [InlineData("Cluster", "Internet", "Internet")]
    [InlineData("Cluster", "None,Internet,Namespace", "Internet")]
    [InlineData("Internet", "Cluster", "Internet")]
    [InlineData(null, "Internet", null)]
    public void The_highest_level_is_that_of_what_was_understood_or_not(string? level, string uncertain, string? highest) =>
        Assert.Equal(highest, Place(level, uncertain).Highest?.ToString());

    [Fact]
    public void Only_rules_on_exposure_are_undecided_and_only_in_reach()
    {
        var place = Place("None", "Cluster");
        Assert.Equal(["cluster", "namespace"], place.Undecided([Hit(null, "any"), Hit(ExposureLevel.Cluster, "cluster"), Hit(ExposureLevel.Namespace, "namespace"), Hit(ExposureLevel.None, "none"), Hit(ExposureLevel.Internet, "internet")], [Policy], []).Select(violation => violation.Rule.Name).Order(StringComparer.Ordinal));
        Assert.Empty(place.Undecided([], [Policy], []));
        Assert.Empty(place.Undecided(default, [Policy], []));
        Assert.Empty(place.Violations(default, [Policy], []));
    }

    [Fact]
    public void What_cannot_be_told_says_so()
    {
        var violation = Assert.Single(Place("Cluster", "Internet").Undecided([Hit(ExposureLevel.Internet)], [Policy], []));
        Assert.Equal("Audit prod/internet: CVE-1: cannot tell whether it is reached from Internet", violation.UndecidedText);
        Assert.Equal("Low Audit prod/internet: CVE-1: cannot tell whether it is reached from Internet", violation.UndecidedLine);
    }

    [Theory]
    [InlineData(null, 1, null, "Audit prod/internet: CVE-1")]
    [InlineData("2.0", 1, null, "Audit prod/internet: CVE-1, fixed in 2.0")]
    [InlineData(null, 2, null, "Audit prod/internet: CVE-1 and 1 more")]
    [InlineData("2.0", 3, "ask us", "Audit prod/internet: CVE-1, fixed in 2.0 and 2 more (ask us)")]
    public void A_violation_is_one_line(string? fix, int count, string? message, string text) =>
        Assert.Equal(text, new Violation("prod", Rule("internet", ExposureLevel.Internet) with { Message = message }, [new RuleItem { Text = "CVE-1", FixedIn = fix }], count).Text);

    private static PolicyPlace Place(string? level, string uncertain) =>
        new(new ExceptionScope("shop", null, "web:1", null), new Dictionary<string, string>(), level is null ? null : Enum.Parse<ExposureLevel>(level), DeployerContext.Assumed)
        {
            ExposureUncertain = [.. uncertain.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(word => new ExposureUncertain(Enum.Parse<ExposureLevel>(word), word))],
        };

    private static RuleHit Hit(ExposureLevel? exposure, string name = "internet") => new("prod", Rule(name, exposure), [new RuleItem { Text = "CVE-1" }], 0);

    private static RiskRule Rule(string name, ExposureLevel? exposure) => new() { Name = name, Subject = RuleSubject.Finding, Severity = Severity.Low, Exposure = exposure };
}
