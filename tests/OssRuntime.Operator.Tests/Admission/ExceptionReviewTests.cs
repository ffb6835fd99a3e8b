using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Operator.Admission;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Rules;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Admission;

/// <summary>Who requested and who approved comes from the request, never from the object.</summary>
public sealed class ExceptionReviewTests
{
    private readonly StepClock _clock = new();
    private readonly PolicySet _policies = new();
    private readonly List<string> _asked = [];
    private bool _allowed = true;

    [Fact]
    public async Task The_requester_is_who_creates_it_whatever_the_object_says()
    {
        var (answer, result) = await ReviewAsync("CREATE", "alice", Spec("\"requestedBy\":\"bob\",\"approvedBy\":\"carol\""), null);
        Assert.True(answer.Allowed);
        Assert.Equal(("alice", null, null), NamesIn(result));
    }

    [Fact]
    public async Task What_is_created_as_approved_is_refused()
    {
        var (answer, _) = await ReviewAsync("CREATE", "alice", Spec("\"approved\":true,\"approvedBy\":\"bob\",\"requestedBy\":\"carol\""), null);
        Assert.Equal(AdmissionReason.NotApproved, answer.Reason);
        Assert.False(answer.Allowed);
    }

    [Fact]
    public async Task Somebody_else_with_the_verb_approves_it()
    {
        var (answer, result) = await ReviewAsync("UPDATE", "bob", Spec("\"approved\":true,\"requestedBy\":\"mallory\",\"approvedBy\":\"trent\""), Spec("\"requestedBy\":\"alice\""));
        Assert.True(answer.Allowed);
        Assert.Equal(("alice", "bob", true), NamesIn(result));
        Assert.Equal(["bob RiskException shop/accepted"], _asked);
    }

    [Fact]
    public async Task Nobody_approves_what_he_requested_whatever_the_object_says_of_the_requester()
    {
        var (answer, _) = await ReviewAsync("UPDATE", "alice", Spec("\"approved\":true,\"requestedBy\":\"mallory\""), Spec("\"requestedBy\":\"alice\""));
        Assert.Equal(AdmissionReason.NotApproved, answer.Reason);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task Without_the_verb_nobody_approves()
    {
        _allowed = false;
        var (answer, _) = await ReviewAsync("UPDATE", "bob", Spec("\"approved\":true,\"requestedBy\":\"alice\""), Spec("\"requestedBy\":\"alice\""));
        Assert.Equal(AdmissionReason.NotApproved, answer.Reason);
    }

    [Fact]
    public async Task A_change_of_what_was_approved_ends_the_approval_and_makes_its_author_the_requester()
    {
        var (answer, result) = await ReviewAsync(
            "UPDATE", "bob", Spec("\"approved\":true,\"requestedBy\":\"alice\",\"approvedBy\":\"bob\"", "CVE-*"), Spec("\"approved\":true,\"requestedBy\":\"alice\",\"approvedBy\":\"bob\""));
        Assert.True(answer.Allowed);
        Assert.Single(answer.Warnings);
        Assert.Equal(("bob", null, null), NamesIn(result));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task An_update_that_changes_nothing_of_it_keeps_the_names()
    {
        var (answer, result) = await ReviewAsync(
            "UPDATE", "carol", Spec("\"approved\":true,\"approvedBy\":\"carol\""), Spec("\"approved\":true,\"requestedBy\":\"alice\",\"approvedBy\":\"bob\""));
        Assert.True(answer.Allowed);
        Assert.Equal(("alice", "bob", true), NamesIn(result));
    }

    [Fact]
    public async Task An_approval_can_be_taken_back()
    {
        var (answer, result) = await ReviewAsync("UPDATE", "carol", Spec("\"approved\":false,\"approvedBy\":\"bob\""), Spec("\"approved\":true,\"requestedBy\":\"alice\",\"approvedBy\":\"bob\""));
        Assert.True(answer.Allowed);
        Assert.Equal(("alice", null, false), NamesIn(result));
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_with_the_path()
    {
        var (answer, _) = await ReviewAsync("CREATE", "alice", "{\"advisories\":[\"CVE-1\"],\"reason\":\"x\"}", null);
        Assert.Contains("spec.expires: is required", answer.Message, StringComparison.Ordinal);
        Assert.False((await ReviewAsync("CREATE", "alice", "null", null)).Answer.Allowed);
    }

    [Fact]
    public async Task A_policy_limits_how_long_it_may_live()
    {
        _policies.Set("prod", new RiskPolicyResource { Spec = new RiskPolicySpec { MaximumExceptionDays = 30, Rules = [new RiskRuleSpec { Name = "r", Severity = "High" }] } });
        var (answer, _) = await ReviewAsync("CREATE", "alice", Spec("\"status\":\"affected\""), null);
        Assert.Equal("spec.expires: policies allow 30 days at most", answer.Message);
    }

    private string Spec(string more, string advisory = "CVE-1") =>
        "{\"advisories\":[\"" + advisory + "\"],\"reason\":\"not reachable\",\"expires\":\"" + _clock.GetUtcNow().AddDays(60).ToString("yyyy-MM-ddTHH:mm:ssZ") + "\"," + more + "}";

    private async Task<(AdmissionAnswer Answer, JsonObject Spec)> ReviewAsync(string operation, string user, string spec, string? old)
    {
        var json = "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"request\":{\"uid\":\"u\",\"operation\":\"" + operation
            + "\",\"kind\":{\"kind\":\"RiskException\"},\"namespace\":\"shop\",\"name\":\"accepted\",\"userInfo\":{\"username\":\"" + user
            + "\"},\"object\":{\"spec\":" + spec + "},\"oldObject\":" + (old is null ? "null" : "{\"spec\":" + old + "}") + "}}";
        var answer = await new ExceptionReview(new Rights(_asked, _allowed), _policies, _clock).DecideAsync(ReviewReader.Read(Encoding.UTF8.GetBytes(json)), default);
        var result = JsonNode.Parse(spec) as JsonObject ?? [];
        foreach (var operationNode in answer.Patch is null ? [] : JsonNode.Parse(answer.Patch)!.AsArray())
        {
            var field = operationNode!["path"]!.GetValue<string>()["/spec/".Length..];
            result.Remove(field);
            if (operationNode["op"]!.GetValue<string>() == "add")
            {
                result[field] = operationNode["value"]!.DeepClone();
            }
        }

        return (answer, result);
    }

    private static (string? Requester, string? Approver, bool? Approved) NamesIn(JsonObject spec)
    {
        var read = spec.Deserialize(AdmissionJson.Default.RiskExceptionSpec)!;
        return (read.RequestedBy, read.ApprovedBy, read.Approved);
    }

    private sealed class Rights(List<string> asked, bool allowed) : IApprovalRights
    {
        public Task<bool> MayApproveAsync(AdmissionRequest request, CancellationToken cancel)
        {
            asked.Add($"{request.User} {request.Kind} {request.Namespace}/{request.Name}");
            return Task.FromResult(allowed);
        }
    }
}
