using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Admission;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Tests.Admission;

/// <summary>A tag may stand for something else when it is pulled: a policy can require digests.</summary>
public sealed class RequireDigestTests : IDisposable
{
    private const string Tagged = "registry.example/shop/clean:1";

    private readonly AdmissionStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData("Deny", "Pod", "denied NoDigest")]
    [InlineData("Deny", "Deployment", "warned Warned")]
    [InlineData("Warn", "Pod", "warned Warned")]
    [InlineData("Audit", "Pod", "allowed Audited")]
    public void A_tag_alone_is_treated_by_the_policys_action(string action, string kind, string expected)
    {
        Policy(action);
        Assert.Equal(expected, Ask(kind, Tagged));
        Assert.Equal("allowed Clean", Ask(kind, AdmissionStage.Reference('a', "shop/clean")));
        Assert.Equal("allowed Clean", Ask(kind, Tagged + AdmissionStage.Reference('a')["registry.example/shop/web".Length..]));
    }

    [Fact]
    public void What_no_image_can_be_called_has_no_digest()
    {
        Policy("Deny");
        Assert.Equal("denied NoDigest", Ask("Pod", "registry.example/web@sha256:zz"));
    }

    [Fact]
    public void What_ran_before_the_policy_was_made_runs_on()
    {
        _stage.Run('a', Tagged, made: _stage.Clock.GetUtcNow());
        Policy("Deny");
        Assert.Equal("warned Grace", Ask("Pod", Tagged));
    }

    [Fact]
    public void It_says_which_digest_is_meant()
    {
        Policy("Deny");
        var answer = _stage.Judge.Decide(ReviewReader.Read(AdmissionStage.Review("Pod", "CREATE", "shop", [Tagged])));
        Assert.Contains($"it stands for sha256:{new string('a', 64)} now", answer.Message, StringComparison.Ordinal);
    }

    private string Ask(string kind, string image)
    {
        var answer = _stage.Judge.Decide(ReviewReader.Read(AdmissionStage.Review(kind, "CREATE", "shop", [image], change: kind == "Pod" ? AdmissionStage.Of("web") : null)));
        return $"{answer.Decision} {answer.Reason}";
    }

    private void Policy(string action)
    {
        _stage.Policies.Set("prod", new RiskPolicyResource
        {
            Metadata = new ObjectMeta { Name = "prod", CreationTimestamp = _stage.Clock.GetUtcNow() },
            Spec = new RiskPolicySpec { Action = action, RequireDigest = true, Rules = [new RiskRuleSpec { Name = "severe", Severity = "Critical" }] },
        });
        _stage.Know('a', Tagged);
        _stage.Run('a', Tagged, workload: "another");
    }
}
