using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Rules;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.State;

public sealed class ExceptionSetTests
{
    private static readonly ApprovalSubject Key = new(new ObjectKey("shop", "accepted"));
    private static readonly RuleItem Item = new() { Text = "CVE-1", Advisories = ["CVE-1"] };
    private static readonly RuleHit Hit = new("prod", new RiskRule { Name = "severe", Subject = RuleSubject.Finding }, [Item], 0);
    private static readonly ExceptionScope Scope = new("shop", "Deployment/web", "web:1", null);

    private readonly StepClock _clock = new();

    [Fact]
    public void Its_end_acts_at_its_minute_without_any_event()
    {
        var set = new ExceptionSet(new Everything(), _clock);
        set.Set(Key, Spec());
        Assert.True(set.Covers(Scope, Hit, Item));
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.True(set.Covers(Scope, Hit, Item));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(set.Covers(Scope, Hit, Item));
    }

    [Fact]
    public void What_is_changed_taken_away_or_not_readable_does_not_count()
    {
        var set = new ExceptionSet(new Everything(), _clock);
        set.Set(Key, Spec());
        set.Set(Key, Spec() with { Approved = false });
        Assert.False(set.Covers(Scope, Hit, Item));
        set.Set(Key, Spec());
        set.Set(Key, Spec() with { Reason = "" });
        Assert.False(set.Covers(Scope, Hit, Item));
        set.Set(Key, Spec());
        set.Set(Key, null);
        Assert.False(set.Covers(Scope, Hit, Item));
    }

    [Fact]
    public void An_approval_that_nobody_vouches_for_does_not_count()
    {
        var set = new ExceptionSet(new Nothing(), _clock);
        set.Set(Key, Spec(), "seal");
        Assert.False(set.Covers(Scope, Hit, Item));
        Assert.Empty(set.All);
        Assert.False(set.Vouches(Key, Spec(), "seal"));
        // What is not approved needs nobody: it is known, and not in force.
        set.Set(Key, Spec() with { Approved = false }, null);
        Assert.Single(set.All);
        Assert.Empty(set.InForce);
        Assert.True(set.Vouches(Key, Spec() with { Approved = null }, null));
    }

    private RiskExceptionSpec Spec() => new()
    {
        Advisories = ["CVE-1"],
        Reason = "not reachable",
        Expires = _clock.GetUtcNow() + TimeSpan.FromHours(1),
        Approved = true,
        RequestedBy = "alice",
        ApprovedBy = "bob",
    };

    private sealed class Everything : IApprovals
    {
        public bool Holds(ApprovalSubject subject, RiskExceptionSpec spec, string? mark) => true;
    }

    private sealed class Nothing : IApprovals
    {
        public bool Holds(ApprovalSubject subject, RiskExceptionSpec spec, string? mark) => false;
    }
}
