using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Operator.Policies;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Tests.Policies;

/// <summary>What the leader writes into an ImageInventory is what every replica answers from.</summary>
public sealed class HitLineTests
{
    private static readonly RiskPolicy Policy = RiskPolicyCompiler.Compile("prod", PolicySetTests.Resource("High").Spec).Policy!;

    [Fact]
    public void What_is_written_is_read_back()
    {
        var finding = Samples.Finding("CVE-2021-1") with { Aliases = ["GHSA-1"], KnownExploited = true, Vector = Samples.Vector };
        var hits = Match(finding);
        var read = HitLine.Read(HitLine.Write(hits), [Policy]);

        var (expected, actual) = (hits[0].Items[0], Assert.Single(Assert.Single(read).Items));
        Assert.Equal((expected.Text, expected.FixedIn, expected.Malicious, expected.Ended), (actual.Text, actual.FixedIn, actual.Malicious, actual.Ended));
        Assert.Equal(expected.Advisories, actual.Advisories);
        Assert.Equal(expected.Package, actual.Package);
        Assert.Equal((expected.Evidence.Exploitation, expected.Evidence.Automatable), (actual.Evidence.Exploitation, actual.Evidence.Automatable));
    }

    [Fact]
    public void What_does_not_fit_is_counted()
    {
        var hits = Match([.. Enumerable.Range(0, 500).Select(i => Samples.Finding($"CVE-{i}"))]);
        var read = Assert.Single(HitLine.Read(HitLine.Write(hits), [Policy]));
        Assert.Equal(500, read.Items.Length + read.More);
        Assert.InRange(read.Items.Length, 1, 20);
    }

    [Fact]
    public void Lines_of_rules_that_are_gone_and_lines_that_are_none_are_left_out()
    {
        var lines = HitLine.Write(Match(Samples.Finding("CVE-1")));
        Assert.Empty(HitLine.Read(lines, []));
        Assert.Empty(HitLine.Read(["", "null", "7", "{", "{}", """{"policy":"prod","rule":"severe"}""", """{"policy":"prod","rule":"severe","text":"x","exploitation":"Nonsense"}"""], [Policy]));
        Assert.Empty(HitLine.Read(default, [Policy]));
    }

    private static System.Collections.Immutable.ImmutableArray<RuleHit> Match(params Finding[] findings) =>
        RuleMatcher.Match([Policy], new PolicySubject(new ComponentInventory { Components = [] }, [.. findings], []));
}
