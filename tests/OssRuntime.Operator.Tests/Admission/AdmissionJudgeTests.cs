using System.Text.Json.Nodes;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Operator.Admission;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.Tests.State;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Tests.Admission;

/// <summary>What the table of cases has no column for.</summary>
public sealed class AdmissionJudgeTests : IDisposable
{
    private static readonly Finding Bad = Samples.Finding("CVE-2021-1", Severity.Critical) with { FixedIn = null };

    private readonly AdmissionStage _stage = new();

    public AdmissionJudgeTests()
    {
        _stage.Policies.Set("prod", PolicySetTests.Resource("Critical"));
        _stage.Know('a', "registry.example/shop/clean:1");
        _stage.Know('b', "registry.example/shop/web:1", findings: Bad);
    }

    public void Dispose() => _stage.Dispose();

    [Fact]
    public void A_clean_debugger_gets_into_a_pod_that_was_let_in_before_its_image_broke_a_rule()
    {
        string[] before = [AdmissionStage.Reference('b')];
        Assert.Equal(AdmissionReason.Clean, Decide(AdmissionStage.Review("Pod", "UPDATE", "shop", [.. before, AdmissionStage.Reference('a')], before, "ephemeralcontainers")).Reason);
    }

    [Fact]
    public void An_image_of_which_nothing_could_be_checked_is_unknown_and_what_is_known_against_it_counts()
    {
        var coverage = CheckedReport.Of(new CheckCoverage(2, 0, [new UncheckedGroup(UncheckedReason.EcosystemNotCovered, "Debian 12", 2, 0, [])]));
        var clean = _stage.Inventory('c', "registry.example/shop/debian:1");
        _stage.Store(_stage.Sealed(clean with { Report = clean.Report! with { Policies = [], Checked = coverage } }));
        var warned = Decide(AdmissionStage.Review("Pod", "CREATE", "shop", ["registry.example/shop/debian:1"]));
        Assert.Equal((true, AdmissionReason.Unknown), (warned.Allowed, warned.Reason));
        Assert.Contains("nothing in this image could be checked", Assert.Single(warned.Warnings), StringComparison.Ordinal);
        Assert.Contains("no advisories for Debian 12 in this database", warned.Warnings[0], StringComparison.Ordinal);

        var bad = _stage.Inventory('d', "registry.example/shop/bad:1", findings: Bad);
        _stage.Store(_stage.Sealed(bad with { Report = bad.Report! with { Policies = [], Checked = coverage } }));
        Assert.False(Decide(AdmissionStage.Review("Pod", "CREATE", "shop", ["registry.example/shop/bad:1"])).Allowed);
    }

    [Fact]
    public void A_pod_that_a_node_runs_from_a_file_of_its_own_is_shown_with_a_warning()
    {
        var mirror = Decide(AdmissionStage.Review("Pod", "CREATE", "shop", [AdmissionStage.Reference('b')], change: request => Mirror(request, "system:nodes")));
        Assert.True(mirror.Allowed);
        Assert.StartsWith("the node runs it whatever is said here", Assert.Single(mirror.Warnings), StringComparison.Ordinal);
        Assert.False(Decide(AdmissionStage.Review("Pod", "CREATE", "shop", [AdmissionStage.Reference('b')], change: request => Mirror(request, "developers"))).Allowed);
    }

    [Fact]
    public void An_unknown_image_is_asked_for_once_and_not_by_a_dry_run()
    {
        var dry = Decide(AdmissionStage.Review("Pod", "CREATE", "shop", ["registry.example/new:1"], dryRun: true));
        Assert.Contains("read as soon as this is no dry run", Assert.Single(dry.Warnings), StringComparison.Ordinal);
        Assert.Equal(0, _stage.UnknownImages.Waiting);

        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("try again in a minute", Assert.Single(Decide(AdmissionStage.Review("Deployment", "CREATE", "shop", ["registry.example/new:1"])).Warnings), StringComparison.Ordinal);
        }

        Assert.Equal(1, _stage.UnknownImages.Waiting);
    }

    [Fact]
    public void What_no_policy_is_for_is_not_asked_for()
    {
        _stage.Policies.Set("prod", PolicySetTests.Resource("Critical") with { Spec = new RiskPolicySpec { Selector = new PolicySelectorSpec { Namespaces = ["other"] }, Rules = [new RiskRuleSpec { Name = "r", Severity = "Low" }] } });
        Assert.Equal(AdmissionReason.Clean, Decide(AdmissionStage.Review("Pod", "CREATE", "shop", ["registry.example/new:1"])).Reason);
        Assert.Equal(0, _stage.UnknownImages.Waiting);
    }

    [Fact]
    public void What_is_about_to_be_read_anyway_is_not_asked_for_and_a_failure_is_told()
    {
        _stage.Know('d', "registry.example/shop/pending:1", inventoried: false);
        var answer = Decide(AdmissionStage.Review("Pod", "CREATE", "shop", ["registry.example/shop/pending:1"]));
        Assert.Contains("it could not be read (x: x) and is tried again", Assert.Single(answer.Warnings), StringComparison.Ordinal);
        Assert.Equal(0, _stage.UnknownImages.Waiting);
    }

    [Fact]
    public async Task A_name_that_was_looked_up_stands_for_its_digest()
    {
        Decide(AdmissionStage.Review("Pod", "CREATE", "shop", ["registry.example/alias:1"]));
        var newcomer = await _stage.UnknownImages.TakeAsync(default);
        _stage.UnknownImages.Found(newcomer, Samples.Digest('b'));
        Assert.Equal(AdmissionReason.Violation, Decide(AdmissionStage.Review("Pod", "CREATE", "shop", ["registry.example/alias:1"])).Reason);
    }

    [Fact]
    public void Where_there_is_no_fix_the_denial_says_so() =>
        Assert.Contains("there is no fix yet", Decide(AdmissionStage.Review("Pod", "CREATE", "shop", [AdmissionStage.Reference('b')])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_pod_of_a_thousand_bad_images_is_denied_in_a_text_that_ends_with_how_to_ask()
    {
        var digits = "0123456789cdef";
        var images = digits.SelectMany(digit => Enumerable.Range(0, 70).Select(i => AdmissionStage.Reference(digit, $"shop/web{i}"))).ToArray();
        foreach (var digit in digits)
        {
            _stage.Know(digit, $"registry.example/{digit}:1", findings: Bad);
        }

        var answer = Decide(AdmissionStage.Review("Pod", "CREATE", "shop", images));
        Assert.False(answer.Allowed);
        Assert.InRange(answer.Message.Length, 1_000, 4_100);
        Assert.EndsWith("approved by somebody else", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ReplicaSet", "web-5d9c7b8f6", "Deployment/web")]
    [InlineData("ReplicaSet", "web", "ReplicaSet/web")]
    [InlineData("Job", "nightly-29412345", "CronJob/nightly")]
    [InlineData("Job", "migrate-1", "Job/migrate-1")]
    [InlineData("Job", "12345678", "Job/12345678")]
    [InlineData("StatefulSet", "db-12345678", "StatefulSet/db-12345678")]
    public void A_pod_belongs_to_the_workload_that_reports_and_exceptions_name(string kind, string name, string workload)
    {
        _stage.Except(workload: workload);
        var review = AdmissionStage.Review("Pod", "CREATE", "shop", [AdmissionStage.Reference('b')], change: request =>
        {
            request["object"]!["metadata"]!["labels"] = new JsonObject { ["pod-template-hash"] = "5d9c7b8f6" };
            request["object"]!["metadata"]!["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "v1", ["kind"] = kind, ["name"] = name, ["uid"] = "u", ["controller"] = true });
        });
        Assert.Equal(AdmissionReason.Clean, Decide(review).Reason);
    }

    [Fact]
    public void A_verdict_follows_the_policies_at_once()
    {
        var review = AdmissionStage.Review("Pod", "CREATE", "shop", [AdmissionStage.Reference('b')]);
        Assert.False(Decide(review).Allowed);
        _stage.Policies.Set("prod", PolicySetTests.Resource("Critical", "Warn"));
        _stage.Images.PoliciesChanged();
        // The old form's findings count under the rule's new action until the image is judged anew, which the user is told.
        var answer = Decide(review);
        Assert.True(answer.Allowed);
        Assert.Contains(answer.Warnings, warning => warning.Contains("it is being judged anew", StringComparison.Ordinal));
    }

    private AdmissionAnswer Decide(byte[] review) => _stage.Judge.Decide(ReviewReader.Read(review));

    private static void Mirror(JsonObject request, string group)
    {
        request["userInfo"]!["groups"] = new JsonArray(group);
        request["object"]!["metadata"]!["annotations"] = new JsonObject { ["kubernetes.io/config.mirror"] = "hash" };
    }
}
