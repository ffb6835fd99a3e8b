using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Rules;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Integrity;

/// <summary>An exception counts only while somebody vouches for who approved it.</summary>
public sealed class ApprovalSealTests
{
    private static readonly ApprovalSubject Subject = new(new ObjectKey("shop", "accepted"), "u1", 3);

    private readonly StepClock _clock = new();
    private readonly ApprovalSeal _seal = new(new SealKeys(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));

    private RiskExceptionSpec Approved => new()
    {
        Advisories = ["CVE-2021-1"],
        Reason = "x",
        Expires = _clock.GetUtcNow().AddDays(1),
        Approved = true,
        RequestedBy = "alice",
        ApprovedBy = "bob",
    };

    [Fact]
    public void It_holds_for_what_was_approved_and_for_nothing_else()
    {
        var seal = _seal.Of(Subject, Approved);
        Assert.True(_seal.Holds(Subject, Approved, seal));
        Assert.False(_seal.Holds(Subject with { Name = new ObjectKey("other", "accepted") }, Approved, seal));
        Assert.False(_seal.Holds(Subject with { Name = new ObjectKey(null, "accepted") }, Approved, seal));
        Assert.False(_seal.Holds(Subject with { Uid = "u2" }, Approved, seal));
        Assert.False(_seal.Holds(Subject with { Generation = 4 }, Approved, seal));
        Assert.False(_seal.Holds(Subject, Approved with { Advisories = ["*"] }, seal));
        Assert.False(_seal.Holds(Subject, Approved with { Expires = _clock.GetUtcNow().AddDays(2) }, seal));
        Assert.False(_seal.Holds(Subject, Approved with { ApprovedBy = "carol" }, seal));
        Assert.False(_seal.Holds(Subject, Approved with { RequestedBy = "carol" }, seal));
        Assert.False(new ApprovalSeal(new SealKeys(new byte[32])).Holds(Subject, Approved, seal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("no base64 at all, and rather long besides: ****")]
    public void What_is_no_seal_holds_for_nothing(string? seal) => Assert.False(_seal.Holds(Subject, Approved, seal));

    [Fact]
    public void Nothing_counts_that_was_not_sealed_and_nothing_at_all_without_webhooks()
    {
        var exceptions = new ExceptionSet(_seal, _clock);
        exceptions.Set(Subject, Approved);
        Assert.Empty(exceptions.InForce);
        exceptions.Set(Subject, Approved, _seal.Of(Subject, Approved));
        Assert.Single(exceptions.InForce);
        exceptions.Set(Subject, Approved with { Advisories = ["*"] }, _seal.Of(Subject, Approved));
        Assert.Empty(exceptions.InForce);

        var without = new ExceptionSet(new NoApprovals(), _clock);
        without.Set(Subject, Approved, _seal.Of(Subject, Approved));
        Assert.Empty(without.InForce);
        Assert.False(without.Covers(new ExceptionScope("shop", null, "web", null), new RuleHit("p", new RiskRule { Name = "r", Subject = RuleSubject.Finding }, [], 0), null));
    }
}
