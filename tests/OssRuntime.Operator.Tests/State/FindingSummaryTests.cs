using OssRuntime.Model.Findings;
using OssRuntime.Model.Lifecycles;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Operator.Tests.State;

public sealed class FindingSummaryTests
{
    [Fact]
    public void Each_finding_is_counted_under_its_severity_and_under_what_else_it_is()
    {
        var findings = Of(
            (Severity.Malicious, 1), (Severity.Critical, 2), (Severity.High, 3), (Severity.Medium, 4), (Severity.Low, 5), (Severity.None, 6), (Severity.Unknown, 7));
        findings[0] = findings[0] with { KnownExploited = true, FixedIn = null };
        var counts = FindingSummary.Count(findings, [Cycle("a", LifecycleState.EndOfLife, null), Cycle("b", LifecycleState.Supported, null), Cycle("c", LifecycleState.Unknown, null)]);

        Assert.Equal((1, 2, 3, 4, 11, 7), (counts.Malicious, counts.Critical, counts.High, counts.Medium, counts.Low, counts.Unknown));
        Assert.Equal((1, 27, 1), (counts.KnownExploited, counts.Fixable, counts.EndOfLife));
    }

    [Fact]
    public void What_does_not_affect_is_not_pressing_and_the_rest_comes_most_pressing_first()
    {
        var pressing = FindingSummary.Pressing(
            [Samples.Finding("CVE-1", Severity.Low), Samples.Finding("CVE-2", Severity.Critical), Samples.Finding("CVE-3", Severity.Critical) with { Status = FindingStatus.NotAffected }]);
        Assert.Equal(["CVE-2", "CVE-1"], pressing.Select(finding => finding.Id));
    }

    [Fact]
    public void Findings_that_decide_alike_are_in_one_bucket()
    {
        var ended = new EndedSupport([Cycle("left", LifecycleState.EndOfLife, null) with { Subject = Samples.Component("left").Purl.ToString() }]);
        var buckets = FindingSummary.Buckets(
            [
                Samples.Finding("CVE-1"), Samples.Finding("CVE-2"), Samples.Finding("CVE-3", component: "left"), Samples.Finding("MAL-1", Severity.Malicious),
                Samples.Finding("CVE-4") with { KnownExploited = true },
            ],
            ended);
        Assert.Equal(
            [(false, false, Exploitation.None, 2), (false, true, Exploitation.None, 1), (true, false, buckets[2].Exploitation, 1), (false, false, Exploitation.Active, 1)],
            buckets.Select(bucket => (bucket.Malicious, bucket.Ended, bucket.Exploitation, bucket.Count)));
        Assert.All(buckets, bucket => Assert.False(bucket.Automatable));
    }

    [Fact]
    public void Lines_of_cycles_come_by_their_end_those_without_one_last_and_those_that_nobody_knows_not_at_all()
    {
        LifecycleStatus[] lifecycles =
        [
            Cycle("node", LifecycleState.Supported, null), Cycle("unknown", LifecycleState.Unknown, null), Cycle("python", LifecycleState.EndOfLife, new DateOnly(2025, 3, 9)),
            Cycle("debian", LifecycleState.EndOfLife, new DateOnly(2024, 1, 31)), Cycle("debian", LifecycleState.EndOfLife, new DateOnly(2024, 1, 31)),
            Cycle("alpine", LifecycleState.EndOfLife, new DateOnly(2024, 1, 31)),
            Cycle("alpine", LifecycleState.EndOfLife, new DateOnly(2024, 1, 31)) with { Cycle = "0" },
            Cycle("alpine", LifecycleState.EndOfLife, new DateOnly(2024, 1, 31)) with { Subject = "a" },
        ];
        string[] lines =
        [
            "EndOfLife alpine 0 2024-01-31 subject", "EndOfLife alpine 1 2024-01-31 a", "EndOfLife alpine 1 2024-01-31 subject", "EndOfLife debian 1 2024-01-31 subject",
            "EndOfLife python 1 2025-03-09 subject", "Supported node 1 - subject",
        ];
        Assert.Equal(lines, FindingSummary.LifecycleLines(lifecycles, 10));
        Assert.Equal(lines[..2], FindingSummary.LifecycleLines(lifecycles, 2));
    }

    private static List<Finding> Of(params (Severity Severity, int Count)[] wanted) =>
        [.. wanted.SelectMany(pair => Enumerable.Range(0, pair.Count).Select(i => Samples.Finding($"CVE-{pair.Severity}-{i}", pair.Severity)))];

    private static LifecycleStatus Cycle(string product, LifecycleState state, DateOnly? end) => new(product, "1", state, end, null, "subject", "source");
}
