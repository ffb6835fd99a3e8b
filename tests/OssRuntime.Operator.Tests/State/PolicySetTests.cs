using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Tests.State;

public sealed class PolicySetTests
{
    private readonly PolicySet _policies = new(new SealKeys());

    [Fact]
    public void A_policy_that_can_no_longer_be_read_keeps_its_last_good_form_and_says_so()
    {
        Assert.True(_policies.Set("prod", Resource("Critical")));
        Assert.False(_policies.Set("prod", Resource("Critcal")));

        Assert.Equal(Model.Findings.Severity.Critical, Assert.Single(_policies.All).Rules[0].Severity);
        Assert.Equal("spec.rules[0].severity", Assert.Single(_policies.ErrorsOf("prod")).Path);
        Assert.True(_policies.IsInForce("prod"));
        Assert.True(_policies.Set("prod", Resource("High")));
        Assert.Empty(_policies.ErrorsOf("prod"));
    }

    [Fact]
    public void The_last_good_form_is_found_again_after_a_restart()
    {
        _policies.Set("prod", Resource("Critical"));
        var restarted = new PolicySet(new SealKeys());
        Assert.True(restarted.Set("prod", Resource("Critcal") with { Status = new PolicyStatus { LastGoodForm = _policies.FormOf("prod") } }));
        Assert.Equal(Model.Findings.Severity.Critical, Assert.Single(restarted.All).Rules[0].Severity);
        Assert.Equal(_policies.Marks, restarted.Marks);
        Assert.Equal("spec.rules[0].severity", Assert.Single(restarted.ErrorsOf("prod")).Path);
        Assert.Equal(_policies.FormOf("prod"), restarted.FormOf("prod"));
    }

    [Fact]
    public void A_last_good_form_that_somebody_else_wrote_is_nothing()
    {
        var lax = new PolicySet(new SealKeys());
        lax.Set("prod", Resource("Critical", "Audit"));
        var keys = new SealKeys(new byte[32]);
        var form = lax.FormOf("prod")!;
        var sealing = new PolicySet(keys);
        foreach (var (seal, counts) in new[] { (null, false), ("AAAA", false), (sealing.SealOf("test", form), false), (sealing.SealOf("prod", form), true) })
        {
            var restarted = new PolicySet(keys);
            Assert.Equal(counts, restarted.Set("prod", Resource("Critcal") with { Status = new PolicyStatus { LastGoodForm = form, LastGoodSeal = seal } }));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("7")]
    [InlineData("{\"rules\":[{\"name\":\"a\",\"severity\":\"Critcal\"}]}")]
    public void A_last_good_form_that_is_none_is_nothing(string form)
    {
        Assert.False(_policies.Set("prod", Resource("Critcal") with { Status = new PolicyStatus { LastGoodForm = form } }));
        Assert.Empty(_policies.All);
    }

    [Fact]
    public void A_forged_last_good_form_does_not_count_where_the_policy_can_be_read()
    {
        var lax = new PolicySet(new SealKeys());
        lax.Set("prod", Resource("Critical", "Audit"));
        _policies.Set("prod", Resource("High") with { Status = new PolicyStatus { LastGoodForm = lax.FormOf("prod") } });
        Assert.Equal(PolicyAction.Deny, Assert.Single(_policies.All).Rules[0].Action);
    }

    [Fact]
    public void A_policy_that_never_could_be_read_is_not_in_force()
    {
        Assert.False(_policies.Set("prod", Resource("Critcal")));
        Assert.Empty(_policies.All);
        Assert.False(_policies.IsInForce("prod"));
        Assert.False(_policies.Set("prod", null));
        Assert.Empty(_policies.ErrorsOf("prod"));
    }

    [Fact]
    public void What_does_not_change_the_rules_is_no_change()
    {
        Assert.True(_policies.Set("prod", Resource("Critical")));
        Assert.False(_policies.Set("prod", Resource("Critical") with { Metadata = new ObjectMeta { Name = "prod", ResourceVersion = "9" } }));
        Assert.True(_policies.Set("prod", null));
        Assert.Empty(_policies.Marks);
    }

    [Fact]
    public void Policies_and_their_marks_are_in_one_order()
    {
        _policies.Set("b", Resource("High"));
        _policies.Set("a", Resource("Low"));
        Assert.Equal(["a", "b"], _policies.All.Select(policy => policy.Name));
        Assert.Equal(["a", "b"], _policies.Marks.Select(mark => mark.Split('@')[0]));
    }

    [Fact]
    public void Rules_and_marks_are_found_by_their_names()
    {
        _policies.Set("b", Resource("High"));
        _policies.Set("a", Resource("Low"));
        Assert.Equal(_policies.Marks[1], _policies.MarkOf("b"));
        Assert.Equal("c", _policies.MarkOf("c"));
        Assert.Equal(Model.Findings.Severity.High, _policies.Rules[("b", "severe")].Severity);
        Assert.Equal(2, _policies.Rules.Count);
        var (policies, marks) = _policies.AllMarked;
        Assert.Equal((_policies.All, _policies.Marks), (policies, marks));
        Assert.StartsWith("a@", _policies.MarkOf("a"), StringComparison.Ordinal);
        Assert.Equal("a@".Length + 12, _policies.MarkOf("a").Length);
    }

    [Fact]
    public void A_form_that_is_too_long_for_a_status_is_not_kept_there()
    {
        var spec = Resource("High").Spec!;
        var rules = Enumerable.Range(0, 100).Select(i => spec.Rules[0] with { Name = $"severe-{i}", Message = new string('a', 3_000) });
        _policies.Set("prod", Resource("High"));
        Assert.NotNull(_policies.FormOf("prod"));
        _policies.Set("prod", Resource("High") with { Spec = spec with { Rules = [.. rules] } });
        Assert.True(_policies.IsInForce("prod") && _policies.ErrorsOf("prod").IsEmpty, string.Join("; ", _policies.ErrorsOf("prod")));
        Assert.Null(_policies.FormOf("prod"));
        Assert.Null(_policies.FormOf("test"));
    }

    internal static RiskPolicyResource Resource(string severity, string action = "Deny") => new()
    {
        Metadata = new ObjectMeta { Name = "prod" },
        Spec = new RiskPolicySpec { Action = action, Rules = [new RiskRuleSpec { Name = "severe", Severity = severity }] },
    };
}
