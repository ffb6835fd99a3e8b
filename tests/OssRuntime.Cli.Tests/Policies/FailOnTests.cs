using OssRuntime.Cli.Policies;
using OssRuntime.Policy.Rules;
using OssRuntime.Policy.Violations;

namespace OssRuntime.Cli.Tests.Policies;

public sealed class FailOnTests
{
    [Theory]
    [InlineData("deny", "production", "immediate", PolicyAction.Deny, true)]
    [InlineData("Deny", "production", "immediate", PolicyAction.Warn, false)]
    [InlineData("warn", "production", "immediate", PolicyAction.Deny, true)]
    [InlineData("production/immediate", "production", "immediate", PolicyAction.Audit, true)]
    [InlineData("production/*", "staging", "immediate", PolicyAction.Deny, false)]
    [InlineData("severity=High,fixable", "production", "immediate", PolicyAction.Deny, false)]
    [InlineData("severity=High,fixable", "--fail-on", "severity=High,fixable", PolicyAction.Audit, true)]
    [InlineData("audit", "--fail-on", "severity=High", PolicyAction.Audit, false)]
    public void It_means_what_it_says(string text, string policy, string rule, PolicyAction action, bool meant)
    {
        var read = FailOn.Parse(text).Read!;
        Assert.Equal(meant, read.IsMeant(new Violation(policy, new RiskRule { Name = rule, Subject = RuleSubject.Finding, Action = action }, [new RuleItem { Text = "x" }], 1)));
    }

    [Fact]
    public void Conditions_are_those_of_a_rule()
    {
        var rule = Assert.Single(FailOn.Parse("severity=High,fixable,epssPercent=10,advisories=CVE-*,advisories=GHSA-*").Read!.Inline!.Rules);
        Assert.Equal((Model.Findings.Severity.High, true, 10), (rule.Severity, rule.Fixable, rule.EpssPercent));
        Assert.Equal(["CVE-*", "GHSA-*"], rule.Advisories);
    }

    [Theory]
    [InlineData("high", "severity=High")]
    [InlineData("CRITICAL,Fixable", "severity=Critical,fixable")]
    [InlineData("Severity=high", "severity=High")]
    [InlineData("exploited", "knownExploited")]
    [InlineData("kev,fixed", "knownExploited,fixable")]
    [InlineData("eol", "endOfLife")]
    [InlineData("UNCHECKED=ecosystemnotcovered", "unchecked=EcosystemNotCovered")]
    [InlineData("priority=outofcycle", "priority=OutOfCycle")]
    public void Plain_words_in_any_case_are_conditions(string words, string conditions)
    {
        var (plain, exact) = (Assert.Single(FailOn.Parse(words).Read!.Inline!.Rules), Assert.Single(FailOn.Parse(conditions).Read!.Inline!.Rules));
        Assert.Equal(
            (exact.Subject, exact.Severity, exact.KnownExploited, exact.Fixable, string.Join(' ', exact.LifecycleStates), exact.Priority, string.Join(' ', exact.Unchecked?.Reasons ?? [])),
            (plain.Subject, plain.Severity, plain.KnownExploited, plain.Fixable, string.Join(' ', plain.LifecycleStates), plain.Priority, string.Join(' ', plain.Unchecked?.Reasons ?? [])));
    }

    [Fact]
    public void A_word_that_nobody_knows_is_named_with_what_can_be_written() =>
        Assert.StartsWith("--fail-on high,urgent: 'urgent' is not known. Write deny, warn, audit; POLICY/RULE; a severity (unknown, none, low, medium, high, critical, malicious); exploited", FailOn.Parse("high,urgent").Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("severity=Grave", "--fail-on severity=Grave: severity 'Grave' is invalid, use one of Unknown, None, Low, Medium, High, Critical, Malicious")]
    [InlineData("", "--fail-on : name is required, 63 characters at most; has no condition")]
    public void What_means_nothing_is_said(string text, string error) => Assert.Equal(error, FailOn.Parse(text).Error);
}
