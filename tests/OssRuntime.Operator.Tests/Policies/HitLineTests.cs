using System.Collections.Frozen;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Inventories;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Tests.State;
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
        var read = Read(Write(hits).Lines, Policy);

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
        var read = Assert.Single(Read(Write(hits).Lines, Policy));
        Assert.Equal(500, read.Items.Length + read.More);
        Assert.InRange(read.Items.Length, 1, 20);
    }

    [Fact]
    public void Lines_of_rules_that_are_gone_and_lines_that_are_none_are_left_out()
    {
        var lines = Write(Match(Samples.Finding("CVE-1"))).Lines;
        Assert.Empty(Read(lines));
        Assert.Empty(Read(["", "null", "7", "{", "{}", """{"policy":"prod","rule":"severe"}""", """{"policy":"prod","rule":"severe","text":"x","exploitation":"Nonsense"}"""], Policy));
        Assert.Empty(Read(default, Policy));
    }

    [Fact]
    public void However_many_audits_there_are_what_denies_is_told_first()
    {
        var policies = Enumerable.Range(0, 300).Select(i => RiskPolicyCompiler.Compile($"a{i:000}", PolicySetTests.Resource("High", "Audit").Spec).Policy!).Append(
            RiskPolicyCompiler.Compile("z", PolicySetTests.Resource("High").Spec).Policy!).ToArray();
        var hits = RuleMatcher.Match(policies, new PolicySubject(new ComponentInventory { Components = [] }, [Samples.Finding("CVE-1"), Samples.Finding("CVE-2")], []));
        var written = Write(hits);

        Assert.Equal("z", HitLine.Parse(written.Lines)[0].Policy);
        Assert.InRange(written.Lines.Length, 100, 200);
        Assert.Equal(301, HitLine.Parse(written.Lines).Select(line => line.Policy).Distinct().Count() + written.CutPolicies.Length);
        Assert.All(Read(written.Lines, policies), hit => Assert.Equal(2, hit.Items.Length + hit.More));
    }

    [Fact]
    public void Lines_stay_within_their_room()
    {
        var hits = Match([.. Enumerable.Range(0, 500).Select(i => Samples.Finding($"CVE-{i}") with { Aliases = [new string('x', 500)] })]);
        var written = HitLines.Of(hits, [], Now, 2_000);
        Assert.InRange(written.Lines.Sum(line => line.Length), 1, 2_000);
        Assert.Equal(500, Assert.Single(Read(written.Lines, Policy)) is var hit ? hit.Items.Length + hit.More : 0);
        Assert.Equal(["prod"], HitLines.Of(hits, [], Now, 10).CutPolicies);
    }

    [Fact]
    public void What_is_there_still_keeps_the_time_since_when_it_is()
    {
        var first = Write(Match(Samples.Finding("CVE-1")));
        var later = HitLines.Of(Match(Samples.Finding("CVE-1"), Samples.Finding("CVE-2")), first.Lines, Now.AddDays(3), 50_000);
        Assert.Equal([Now, Now.AddDays(3)], HitLine.Parse(later.Lines).OrderBy(line => line.Text).Select(line => line.Since!.Value));
    }

    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static HitLines Write(System.Collections.Immutable.ImmutableArray<RuleHit> hits) => HitLines.Of(hits, [], Now, 50_000);

    private static System.Collections.Immutable.ImmutableArray<RuleHit> Read(System.Collections.Immutable.ImmutableArray<string> lines, params RiskPolicy[] policies) =>
        HitLine.Link(HitLine.Parse(lines), policies.SelectMany(policy => policy.Rules.Select(rule => (policy.Name, Rule: rule))).ToFrozenDictionary(pair => (pair.Name, pair.Rule.Name), pair => pair.Rule));

    private static System.Collections.Immutable.ImmutableArray<RuleHit> Match(params Finding[] findings) =>
        RuleMatcher.Match([Policy], new PolicySubject(new ComponentInventory { Components = [] }, [.. findings], []));
}
