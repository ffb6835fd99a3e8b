using OssRuntime.Exposure.Pods;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Model.Findings;
using OssRuntime.Operator.Admission;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Tests.Admission;

/// <summary>Who ran something before it was known to be bad goes on running it, and nobody else.</summary>
public sealed class GraceTests : IDisposable
{
    private const string Bad = "registry.example/shop/web:1";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly AdmissionStage _stage = new();

    public void Dispose() => _stage.Dispose();

    private DateTimeOffset Now => _stage.Clock.GetUtcNow();

    [Fact]
    public void What_ran_before_the_policy_was_made_runs_on()
    {
        var made = Now;
        _stage.Clock.Advance(Minute);
        Policy();
        Know();
        _stage.Run('b', Bad, made: made);
        Assert.Equal("warned Grace", Ask());
    }

    [Fact]
    public void What_was_looked_at_and_found_good_runs_on_when_it_turns_out_bad()
    {
        Policy();
        var made = Now + Minute;
        var inventoried = Now;
        _stage.Clock.Advance(60 * Minute);
        Know(inventoried);
        _stage.Run('b', Bad, made: made);
        Assert.Equal("warned Grace", Ask());
    }

    [Fact]
    public void What_came_in_as_an_unknown_image_and_turned_out_bad_has_none()
    {
        Policy();
        _stage.Clock.Advance(Minute);
        var made = Now;
        _stage.Clock.Advance(Minute);
        Know();
        _stage.Run('b', Bad, made: made);
        Assert.Equal("denied Violation", Ask());
    }

    [Fact]
    public void What_came_in_although_it_was_known_to_be_bad_has_none()
    {
        Policy();
        Know(Now - (60 * Minute));
        _stage.Run('b', Bad, made: Now + Minute);
        Assert.Equal("denied Violation", Ask());
    }

    [Theory]
    [InlineData("other", "web")]
    [InlineData("kube-system", "web")]
    [InlineData("free", "web")]
    [InlineData("shop", "api")]
    [InlineData("shop", "")]
    public void What_another_namespace_or_workload_runs_is_no_grace(string @namespace, string workload)
    {
        Policy();
        Know();
        _stage.Run('b', Bad, @namespace, workload);
        Assert.Equal("denied Violation", Ask());
    }

    [Fact]
    public void What_was_never_looked_at_has_none()
    {
        Policy(PolicyAction.Deny);
        _stage.Know('b', Bad, inventoried: false);
        _stage.Run('b', Bad);
        Assert.Equal("denied Unknown", Ask());
    }

    [Fact]
    public void Pods_that_are_replaced_one_by_one_keep_it_also_over_a_moment_without_any()
    {
        Policy();
        Know();
        _stage.Run('b', Bad);
        var old = new ObjectKey("shop", "web-b");
        _stage.Images.Set(old, (PodView?)null);
        _stage.Clock.Advance(5 * Minute);
        Assert.Equal("warned Grace", Ask());
        _stage.Run('b', Bad, made: Now);
        _stage.Clock.Advance(60 * Minute);
        Assert.Equal("warned Grace", Ask());
        _stage.Images.Set(old, (PodView?)null);
        _stage.Clock.Advance(11 * Minute);
        Assert.Equal("denied Violation", Ask());
    }

    [Fact]
    public void A_digest_that_is_left_over_from_the_image_before_stands_for_no_other_name()
    {
        Policy(PolicyAction.Deny);
        _stage.Know('a', "registry.example/shop/clean:1");
        // The pod was told to run something else, and still shows what it ran.
        _stage.Run('a', "registry.example/shop/evil:1", waiting: "ImagePullBackOff");
        Assert.Equal("denied Unknown", Ask("registry.example/shop/evil:1"));
        _stage.Run('a', "registry.example/shop/evil:1", statusImage: "registry.example/shop/clean:1");
        Assert.Equal("denied Unknown", Ask("registry.example/shop/evil:1"));
        Assert.Equal("allowed Clean", Ask("registry.example/shop/clean:1"));
    }

    [Fact]
    public void What_other_namespaces_run_under_a_name_makes_nobody_clean_and_may_make_him_dirty()
    {
        Policy(PolicyAction.Deny);
        _stage.Know('a', "registry.example/shop/clean:1");
        Know();
        _stage.Run('a', "registry.example/shop/clean:1", "other");
        Assert.Equal("denied Unknown", Ask("registry.example/shop/clean:1"));
        Assert.Equal("denied Violation", Ask(Bad));
        _stage.Run('a', "registry.example/shop/clean:1");
        Assert.Equal("allowed Clean", Ask("registry.example/shop/clean:1"));
    }

    private string Ask(string image = Bad)
    {
        var answer = _stage.Judge.Decide(ReviewReader.Read(AdmissionStage.Review("Pod", "CREATE", "shop", [image], change: AdmissionStage.Of("web"))));
        return $"{answer.Decision} {answer.Reason}";
    }

    private void Know(DateTimeOffset? inventoried = null)
    {
        var image = _stage.Inventory('b', Bad, findings: Samples.Finding("CVE-2021-1", Severity.Critical));
        _stage.Store(_stage.Sealed(image with { Metadata = image.Metadata with { CreationTimestamp = inventoried ?? Now } }));
    }

    private void Policy(PolicyAction unknown = PolicyAction.Warn) => _stage.Policies.Set("prod", new RiskPolicyResource
    {
        Metadata = new ObjectMeta { Name = "prod", CreationTimestamp = Now },
        Spec = new RiskPolicySpec { Action = "Deny", UnknownImages = unknown.ToString(), Rules = [new RiskRuleSpec { Name = "severe", Severity = "Critical" }] },
    });
}
