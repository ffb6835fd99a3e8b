using System.Text;
using System.Text.Json.Nodes;
using OssRuntime.Model.Findings;
using OssRuntime.Operator.Admission;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Tests.Admission;

/// <summary>Who makes his own request hard to judge gets an answer all the same, and never a better one.</summary>
public sealed class UnjudgeableTests : IDisposable
{
    private const string Bad = "registry.example/shop/web:1";

    private readonly AdmissionStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData("CREATE")]
    [InlineData("UPDATE")]
    public async Task A_review_of_forty_megabytes_is_judged_by_its_images(string operation)
    {
        Deny(PolicyAction.Warn);
        // As Go writes it: six bytes for each of those that tenants may choose.
        var escaped = string.Concat(Enumerable.Repeat("\\u003c", 3_400_000));
        var text = Encoding.UTF8.GetString(AdmissionStage.Review("Pod", operation, "shop", [Bad], operation == "UPDATE" ? ["registry.example/shop/other:1"] : null));
        var body = Encoding.UTF8.GetBytes(text.Replace("\"name\":\"c0\"", $"\"env\":[{{\"name\":\"A\",\"value\":\"{escaped}\"}}],\"name\":\"c0\"", StringComparison.Ordinal));
        Assert.InRange(body.Length, (operation == "UPDATE" ? 40_000_000 : 20_000_000), 50_000_000);

        var answer = _stage.Judge.Decide(await ReadAsync(body));

        Assert.False(answer.Allowed);
        Assert.Equal(AdmissionReason.Violation, answer.Reason);
    }

    [Theory]
    [InlineData(2_001)]
    [InlineData(60_000)]
    public async Task Containers_without_number_are_judged_by_their_different_images(int count)
    {
        Deny(PolicyAction.Audit);
        string[] images = [.. Enumerable.Range(0, count - 1).Select(i => i % 2 == 0 ? "registry.example/shop/clean:1" : $"registry.example/shop/c{i}:1"), Bad];
        var answer = _stage.Judge.Decide(await ReadAsync(AdmissionStage.Review("Pod", "CREATE", "shop", images)));
        Assert.False(answer.Allowed);
        Assert.Equal(AdmissionReason.Violation, answer.Reason);
        Assert.InRange(answer.Message.Length, 1, 4_000);
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"a"},"spec":{"containers":{"no":"list"}}}""")]
    [InlineData("""{"metadata":{"name":"a"},"spec":{"containers":[{"image":7}]}}""")]
    [InlineData("""{"metadata":{"name":7},"spec":{"containers":[{"image":"web:1"}]}}""")]
    [InlineData("""{"metadata":{"name":"a","labels":[]},"spec":{"containers":[{"image":"web:1"}]}}""")]
    public async Task An_object_that_cannot_be_read_is_an_unknown_image(string item)
    {
        foreach (var (unknown, decision) in new[] { (PolicyAction.Deny, "denied"), (PolicyAction.Warn, "warned"), (PolicyAction.Audit, "allowed") })
        {
            Deny(unknown);
            var review = JsonNode.Parse(AdmissionStage.Review("Pod", "CREATE", "shop", []))!;
            review["request"]!["object"] = JsonNode.Parse(item);
            var answer = _stage.Judge.Decide(await ReadAsync(Encoding.UTF8.GetBytes(review.ToJsonString())));
            Assert.Equal(decision, answer.Decision);
            Assert.Equal(decision == "allowed" ? AdmissionReason.Audited : AdmissionReason.Unjudged, answer.Reason);
            Assert.Contains("could not be judged", answer.Audit, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_review_that_is_cut_or_too_slow_is_answered_as_soon_as_it_says_which_it_is()
    {
        Deny(PolicyAction.Deny);
        var whole = AdmissionStage.Review("Pod", "CREATE", "shop", [Bad]);
        var cut = whole[..(Encoding.UTF8.GetString(whole).IndexOf("\"containers\"", StringComparison.Ordinal) + 30)];
        Assert.Equal("denied Unjudged", Said(_stage.Judge.Decide(await ReadAsync(cut))));

        using var late = new CancellationTokenSource();
        using var slow = new StallingStream(cut, late);
        Assert.Equal("denied Unjudged", Said(_stage.Judge.Decide(await ReviewIntake.ReadAsync(slow, ReviewPlans.Pods, late.Token))));
    }

    [Theory]
    [InlineData("kube-system", "Pod", "CREATE", "allowed NotJudged")]
    [InlineData("shop", "Pod", "DELETE", "allowed NotJudged")]
    [InlineData("shop", "ConfigMap", "CREATE", "allowed NotJudged")]
    [InlineData("free", "Pod", "CREATE", "allowed Clean")]
    [InlineData("shop", "Deployment", "CREATE", "warned Unjudged")]
    [InlineData("shop", "Pod", "UPDATE", "denied Unjudged")]
    [InlineData("", "Pod", "CREATE", "denied Unjudged")]
    public void What_cannot_be_judged_is_refused_only_where_it_would_be_judged(string @namespace, string kind, string operation, string expected)
    {
        Deny(PolicyAction.Deny);
        var request = ReviewReader.Read(AdmissionStage.Review(kind, operation, @namespace, [Bad]), "it has too many bytes");
        Assert.Equal(expected, Said(_stage.Judge.Decide(request)));
    }

    [Fact]
    public void Where_no_namespace_is_said_any_policy_that_denies_counts()
    {
        Deny(PolicyAction.Warn);
        Assert.Equal("denied Unjudged", Said(_stage.Judge.Decide(ReviewReader.Read(AdmissionStage.Review("Pod", "CREATE", "", [Bad]), "it is no JSON"))));
    }

    [Theory]
    [InlineData("not an image@@")]
    [InlineData("UPPER/CASE@sha256:1")]
    [InlineData("registry.example/web@sha256:zz")]
    public void One_name_that_no_image_can_have_keeps_the_verdict_of_the_others(string name)
    {
        Deny(PolicyAction.Audit);
        foreach (var images in (string[][])[[name, Bad], [Bad, name]])
        {
            Assert.Equal("denied Violation", Said(_stage.Judge.Decide(ReviewReader.Read(AdmissionStage.Review("Pod", "CREATE", "shop", images)))));
        }

        Deny(PolicyAction.Deny);
        Assert.Equal("denied Unknown", Said(_stage.Judge.Decide(ReviewReader.Read(AdmissionStage.Review("Pod", "CREATE", "shop", ["registry.example/shop/clean:1", name])))));
    }

    [Fact]
    public void Who_has_no_time_left_keeps_what_was_found_and_the_rest_is_unknown()
    {
        Deny(PolicyAction.Deny);
        var request = ReviewReader.Read(AdmissionStage.Review("Pod", "CREATE", "shop", ["registry.example/shop/clean:1"]));
        var answer = _stage.Judge.Decide(request, new CancellationToken(canceled: true));
        Assert.Equal("denied Unjudged", Said(answer));
        Assert.Contains("not enough time", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pod", "denied Violation")]
    [InlineData("Deployment", "warned Warned")]
    [InlineData("CronJob", "warned Warned")]
    public async Task An_image_that_is_mounted_as_a_volume_is_judged_like_one_that_runs(string kind, string expected)
    {
        Deny(PolicyAction.Audit);
        var review = Encoding.UTF8.GetString(AdmissionStage.Review(kind, "CREATE", "shop", ["registry.example/shop/clean:1"]));
        review = review.Replace("\"containers\":", """
            "volumes":[{"name":"a","emptyDir":{}},{"name":"data","image":{"reference":"registry.example/shop/web:1","pullPolicy":"Always"}}],"containers":
            """, StringComparison.Ordinal);
        Assert.Equal(expected, Said(_stage.Judge.Decide(await ReadAsync(Encoding.UTF8.GetBytes(review)))));
    }

    private void Deny(PolicyAction unknown)
    {
        _stage.Policies.Set("prod", new RiskPolicyResource
        {
            Spec = new RiskPolicySpec
            {
                Selector = new PolicySelectorSpec { ExcludedNamespaces = ["free"] },
                Action = "Deny",
                UnknownImages = unknown.ToString(),
                Rules = [new RiskRuleSpec { Name = "severe", Severity = "Critical" }],
            },
        });
        _stage.Know('a', "registry.example/shop/clean:1");
        _stage.Know('b', Bad, findings: Samples.Finding("CVE-2021-1", Severity.Critical));
    }

    private static async Task<AdmissionRequest> ReadAsync(byte[] body)
    {
        using var stream = new MemoryStream(body);
        return await ReviewIntake.ReadAsync(stream, ReviewPlans.Pods, TestContext.Current.CancellationToken);
    }

    private static string Said(AdmissionAnswer answer) => $"{answer.Decision} {answer.Reason}";

    // Sends what it has, and then nothing until its reader gives up.
    private sealed class StallingStream(byte[] bytes, CancellationTokenSource late) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (await base.ReadAsync(buffer, cancellationToken) is var count and > 0)
            {
                return count;
            }

            await late.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return 0;
        }
    }
}
