using OssRuntime.Model.Findings;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Tests.State;

/// <summary>Where somebody has said, and somebody else approved, that a finding does not affect, it does not count.</summary>
public sealed class AcceptableFindingTests
{
    private static readonly ExceptionScope Shop = new("shop", "Deployment/web", "web:1", null);

    private static readonly RiskExceptionSpec NotAffected = new()
    {
        Advisories = ["CVE-1"],
        Status = "not_affected",
        Justification = "component_not_present",
        Reason = "x",
        Expires = DateTimeOffset.MaxValue,
    };

    [Fact]
    public void A_finding_that_does_not_affect_counts_nowhere_in_its_place()
    {
        var exception = Read("shop", NotAffected);
        var facts = Facts([exception]);
        var rest = AcceptableFinding.Suppress(facts, Shop, [exception]);
        Assert.Equal((1, 0, 1, 0, 1, 1), (rest.Counts.Critical, rest.Counts.KnownExploited, rest.Counts.High, rest.Counts.Malicious, rest.Accepted, rest.Counts.EndOfLife));
        Assert.Equal(["CVE-3", "CVE-2"], rest.Top.Select(finding => finding.Advisory));
        Assert.Equal(2, rest.Buckets.Sum(bucket => bucket.Count));
        Assert.DoesNotContain(rest.Buckets, bucket => bucket.Exploitation == Exploitation.Active);
        Assert.Equal(2, rest.Findings);
        // Elsewhere it counts.
        Assert.Same(facts, AcceptableFinding.Suppress(facts, Shop with { Namespace = "other" }, [exception]));
        Assert.Same(facts, AcceptableFinding.Suppress(facts, Shop, []));
    }

    [Theory]
    [InlineData(Severity.Malicious)]
    [InlineData(Severity.Critical)]
    [InlineData(Severity.High)]
    [InlineData(Severity.Medium)]
    [InlineData(Severity.Low)]
    [InlineData(Severity.None)]
    [InlineData(Severity.Unknown)]
    public void What_is_taken_out_leaves_the_counts_of_the_rest(Severity severity)
    {
        var exception = Read("shop", NotAffected);
        foreach (var fix in new[] { "2.0.0", null })
        {
            var taken = Samples.Finding("CVE-1", severity) with { FixedIn = fix };
            var kept = Samples.Finding("CVE-2", severity);
            var facts = AcceptableFinding.Suppress(Facts([exception], taken, kept), Shop, [exception]);
            Assert.Equal(FindingSummary.Count([kept], []) with { EndOfLife = 1 }, facts.Counts);
            Assert.Equal(FindingSummary.Buckets([kept], EndedSupport.None), facts.Buckets);
            Assert.Equal((1, 1, "CVE-2"), (facts.Findings, facts.Accepted, Assert.Single(facts.Top).Advisory));
        }
    }

    [Fact]
    public void Of_two_thousand_and_one_that_could_be_taken_out_one_stays()
    {
        var exception = Read("shop", NotAffected);
        var findings = Enumerable.Range(0, 2_001).Select(i => Samples.Finding("CVE-1", component: $"component-{i}")).ToArray();
        var facts = Facts([exception], findings);
        Assert.Equal(2_000, facts.Acceptable.Length);
        var rest = AcceptableFinding.Suppress(facts, Shop, [exception]);
        Assert.Equal((1, 1, 2_000), (rest.Findings, rest.Counts.High, rest.Accepted));
    }

    [Theory]
    [InlineData("affected")]
    [InlineData("under_investigation")]
    [InlineData(null)]
    public void Whoever_only_accepts_a_risk_leaves_the_finding(string? status)
    {
        var exception = Read("shop", NotAffected with { Status = status, Justification = null });
        Assert.Empty(Facts([exception]).Acceptable);
        Assert.Equal(0, AcceptableFinding.Suppress(Facts([Read("shop", NotAffected)]), Shop, [exception]).Accepted);
    }

    [Fact]
    public void An_exception_from_a_rule_says_nothing_of_findings() =>
        Assert.Empty(Facts([Read("shop", NotAffected with { Rules = ["prod/severe"] })]).Acceptable);

    [Fact]
    public void Until_there_is_a_fix_means_until_then() => Assert.Empty(Facts([Read("shop", NotAffected with { UntilFixed = true })]).Acceptable);

    private static RiskException Read(string @namespace, RiskExceptionSpec spec) => RiskExceptionCompiler.Compile(@namespace, "e", spec).Exception!;

    private static ImageFacts Facts(IReadOnlyList<RiskException> exceptions) => Facts(
        exceptions,
        Samples.Finding("CVE-1", Severity.Critical) with { KnownExploited = true },
        Samples.Finding("CVE-2"),
        Samples.Finding("CVE-3", Severity.Critical, "other"));

    private static ImageFacts Facts(IReadOnlyList<RiskException> exceptions, params Finding[] all)
    {
        var findings = FindingSummary.Pressing(all);
        return new ImageFacts
        {
            Key = Samples.Image('a'),
            State = ImageState.Inventoried,
            Reason = "Inventoried",
            Counts = FindingSummary.Count(findings, []) with { EndOfLife = 1 },
            Buckets = FindingSummary.Buckets(findings, EndedSupport.None),
            Top = [.. findings.Select(finding => PressingFinding.Of(finding, EndedSupport.None))],
            Findings = findings.Length,
            Acceptable = AcceptableFinding.Of(findings, EndedSupport.None, exceptions),
        };
    }
}
