using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Tests.Policies;

/// <summary>What the status of an exception says, as the clock moves and what runs changes.</summary>
public sealed class ExceptionStateTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    private static readonly RiskExceptionSpec Approved = new()
    {
        Advisories = ["CVE-1"],
        Reason = "not reachable",
        Expires = Monday.AddDays(7),
        Approved = true,
        RequestedBy = "alice",
        ApprovedBy = "bob",
    };

    [Fact]
    public void It_says_who_approved_it_and_when_and_what_it_accepts()
    {
        var status = Of(Approved, null, matches: 3);
        Assert.Equal(("bob", Monday, 3, "2026-11-23"), (status.ApprovedBy, status.ApprovedAt, status.Matches, status.LastMatched));
        Assert.Equal("True Approved approved by bob; accepts 3 things that run now", Word(status));
        // Later it was still approved then.
        Assert.Equal(Monday, Of(Approved, status, matches: 2, Monday.AddDays(1)).ApprovedAt);
    }

    [Fact]
    public void What_it_once_accepted_and_is_gone_makes_it_needless_and_what_it_never_did_unused()
    {
        var used = Of(Approved, null, matches: 1);
        Assert.Equal("True NoLongerNeeded accepts nothing that runs now; it last did on 2026-11-23: it may be deleted", Word(Of(Approved, used, matches: 0, Monday.AddDays(2))));
        Assert.Equal("True Unused accepts nothing that runs now, and never has: it may be deleted", Word(Of(Approved, null, matches: 0)));
    }

    [Theory]
    [InlineData(true, "alice", "bob", 6, "True Approved")]
    [InlineData(true, "alice", "bob", 7, "False Expired")]
    [InlineData(null, "alice", null, 6, "False NotApproved")]
    [InlineData(true, "alice", "alice", 6, "False NotApproved")]
    [InlineData(null, "alice", null, 8, "False Expired")]
    public void Why_it_is_not_in_force_is_said(bool? approved, string requester, string? approver, int days, string expected)
    {
        var status = Of(Approved with { Approved = approved, RequestedBy = requester, ApprovedBy = approver }, null, matches: 1, Monday.AddDays(days));
        Assert.StartsWith(expected, Word(status), StringComparison.Ordinal);
        Assert.Equal(expected.StartsWith("True", StringComparison.Ordinal) ? 1 : 0, status.Matches);
    }

    [Fact]
    public void An_approval_that_nobody_vouches_for_is_none()
    {
        var status = ExceptionState.Of(new ObjectKey("shop", "x"), Approved, 1, null, vouched: false, _ => 1, Monday);
        Assert.StartsWith("False NotApproved", Word(status), StringComparison.Ordinal);
        Assert.Null(status.ApprovedBy);
    }

    [Fact]
    public void A_forged_status_changes_nothing_but_itself()
    {
        var forged = new ExceptionStatus { ApprovedBy = "root", ApprovedAt = Monday.AddYears(-1), Matches = 99, Conditions = [new Condition("InForce", "True", "Approved", "", Monday, 1)] };
        var status = Of(Approved with { Approved = null, ApprovedBy = null }, forged, matches: 1);
        Assert.Equal((null, null, 0), (status.ApprovedBy, status.ApprovedAt, status.Matches));
        Assert.StartsWith("False NotApproved", Word(status), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_is_set_back_brings_it_back()
    {
        var ended = Of(Approved, Of(Approved, null, 1), 1, Monday.AddDays(8));
        Assert.StartsWith("False Expired", Word(ended), StringComparison.Ordinal);
        Assert.StartsWith("True Approved", Word(Of(Approved, ended, 1, Monday.AddDays(1))), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_is_said_with_its_path() =>
        Assert.StartsWith("False Invalid spec.reason: is required", Word(Of(Approved with { Reason = "" }, null, 1)), StringComparison.Ordinal);

    private static ExceptionStatus Of(RiskExceptionSpec spec, ExceptionStatus? before, int matches, DateTimeOffset? now = null) =>
        ExceptionState.Of(new ObjectKey("shop", "x"), spec, 1, before, vouched: true, _ => matches, now ?? Monday);

    private static string Word(ExceptionStatus status) => Assert.Single(status.Conditions) is var condition ? $"{condition.Status} {condition.Reason} {condition.Message}" : "";
}
