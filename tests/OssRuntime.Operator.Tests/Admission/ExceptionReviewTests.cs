using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Admission;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Rules;
using OssRuntime.Testing.Kubernetes;

namespace OssRuntime.Operator.Tests.Admission;

/// <summary>Who requested and who approved comes from the request, never from the object.</summary>
public sealed class ExceptionReviewTests
{
    private readonly StepClock _clock = new();
    private readonly PolicySet _policies = new(new SealKeys());
    private readonly List<string> _asked = [];
    private bool _allowed = true;

    // What our own watch shows, where it is something else than the request says.
    private JsonObject? _server;

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
    public async Task Who_rewrites_what_somebody_else_asked_for_asks_for_it_and_may_not_approve_it()
    {
        var (changed, result) = await ReviewAsync("UPDATE", "alice", Spec("\"requestedBy\":\"bob\"", "CVE-*"), Spec("\"requestedBy\":\"bob\""));
        Assert.True(changed.Allowed);
        Assert.Equal(("alice", null, null), NamesIn(result));

        var (answer, _) = await ReviewAsync("UPDATE", "alice", Spec("\"approved\":true,\"requestedBy\":\"alice\"", "CVE-*"), Spec("\"requestedBy\":\"alice\"", "CVE-*"));
        Assert.Equal(AdmissionReason.NotApproved, answer.Reason);
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task An_approval_that_nobody_signed_is_none_and_is_asked_for_anew()
    {
        var forged = Spec("\"approved\":true");
        var (answer, _) = await ReviewAsync("UPDATE", "alice", forged, forged);
        Assert.Equal(AdmissionReason.NotApproved, answer.Reason);
        var (_, result) = await ReviewAsync("UPDATE", "bob", Spec("\"approved\":true,\"requestedBy\":\"alice\""), Spec("\"approved\":true,\"requestedBy\":\"alice\""));
        Assert.Equal(("alice", "bob", true), NamesIn(result));
        Assert.Equal(["bob RiskException shop/accepted"], _asked);
    }

    [Fact]
    public async Task An_approval_that_was_written_while_nobody_checked_is_none()
    {
        var forged = Spec("\"approved\":true,\"requestedBy\":\"bob\",\"approvedBy\":\"carol\"");
        // Whoever touches it asks for the right to approve it, and becomes the one who did.
        _allowed = false;
        Assert.False((await ReviewAsync("UPDATE", "mallory", forged, forged, vouched: false)).Answer.Allowed);
        _allowed = true;
        Assert.Equal(("bob", "dave", true), NamesIn((await ReviewAsync("UPDATE", "dave", forged, forged, vouched: false)).Spec));
    }

    [Fact]
    public async Task A_service_account_with_the_verb_approves_like_anybody_else()
    {
        var (_, result) = await ReviewAsync("UPDATE", "system:serviceaccount:security:gate", Spec("\"approved\":true"), Spec("\"requestedBy\":\"alice\""));
        Assert.Equal(("alice", "system:serviceaccount:security:gate", true), NamesIn(result));
    }

    [Theory]
    [InlineData("system:serviceaccount:shop:builder", "system:serviceaccount:shop:builder", false)]
    [InlineData("system:serviceaccount:shop:builder", "system:serviceaccount:shop:approver", false)]
    [InlineData("system:serviceaccount:shop:builder", "system:serviceaccount:shops:approver", true)]
    [InlineData("system:serviceaccount:shop:builder", "bob", true)]
    [InlineData("system:serviceaccount", "bob", true)]
    public async Task Service_accounts_of_one_namespace_are_one_person(string requester, string approver, bool allowed)
    {
        var (answer, _) = await ReviewAsync("UPDATE", approver, Spec("\"approved\":true"), Spec($"\"requestedBy\":\"{requester}\""));
        Assert.Equal(allowed, answer.Allowed);
    }

    [Fact]
    public async Task What_a_request_says_is_stored_has_to_be_what_the_watch_shows()
    {
        var (old, wished) = (Spec("\"requestedBy\":\"alice\""), Spec("\"approved\":true"));
        _server = Stored(old, vouched: true);
        Assert.True((await ReviewAsync("UPDATE", "bob", wished, old)).Answer.Allowed);

        _server["metadata"]!["uid"] = "another";
        Assert.False((await ReviewAsync("UPDATE", "bob", wished, old)).Answer.Allowed);
        _server = Stored(Spec("\"requestedBy\":\"alice\"", "CVE-OTHER"), vouched: true);
        Assert.False((await ReviewAsync("UPDATE", "bob", wished, old)).Answer.Allowed);
        // The watch is behind: what came after it is the server's word.
        _server["metadata"]!["generation"] = 2;
        Assert.True((await ReviewAsync("UPDATE", "bob", wished, old)).Answer.Allowed);
        _server["metadata"]!["generation"] = 9;
        Assert.False((await ReviewAsync("UPDATE", "bob", wished, old)).Answer.Allowed);
        Assert.Equal(2, _asked.Count);
    }

    [Fact]
    public async Task A_change_beside_the_spec_keeps_the_seal_that_was()
    {
        var approved = Spec("\"approved\":true,\"requestedBy\":\"alice\",\"approvedBy\":\"bob\"");
        var (answer, _) = await ReviewAsync("UPDATE", "carol", approved, approved);
        Assert.True(answer.Allowed);
        Assert.Null(answer.Patch);
    }

    [Fact]
    public async Task A_status_says_nothing_of_who_approved()
    {
        const string Json = """{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"UPDATE","subResource":"status","kind":{"kind":"RiskException"},"namespace":"shop","name":"accepted","userInfo":{"username":"mallory"},"object":{"spec":{"approved":true,"approvedBy":"bob"},"status":{"conditions":[{"type":"InForce","status":"True"}]}}}}""";
        var answer = await new ExceptionReview(new Rights(_asked, true), Seal, new Server(null), _policies, _clock).DecideAsync(ReviewReader.Read(Encoding.UTF8.GetBytes(Json)), default);
        // The server takes nothing but the status from such a request, and the status is read by nobody.
        Assert.Equal((AdmissionReason.NotJudged, null), (answer.Reason, answer.Patch));
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
        var (approval, _) = await ReviewAsync("UPDATE", "bob", Spec("\"approved\":true"), Spec("\"requestedBy\":\"alice\""));
        Assert.Equal("spec.expires: policies allow 30 days at most", approval.Message);
    }

    private string Spec(string more, string advisory = "CVE-1") =>
        "{\"advisories\":[\"" + advisory + "\"],\"reason\":\"not reachable\",\"expires\":\"" + _clock.GetUtcNow().AddDays(60).ToString("yyyy-MM-ddTHH:mm:ssZ") + "\"," + more + "}";

    private async Task<(AdmissionAnswer Answer, JsonObject Spec)> ReviewAsync(string operation, string user, string spec, string? old, bool vouched = true)
    {
        // What is stored as approved was sealed when it was, unless the test says otherwise.
        var before = old is null ? null : Stored(old, vouched);
        var now = new JsonObject { ["spec"] = JsonNode.Parse(spec), ["metadata"] = before?["metadata"]?.DeepClone() ?? new JsonObject() };
        var review = new JsonObject
        {
            ["apiVersion"] = "admission.k8s.io/v1",
            ["kind"] = "AdmissionReview",
            ["request"] = new JsonObject
            {
                ["uid"] = "u",
                ["operation"] = operation,
                ["kind"] = new JsonObject { ["kind"] = "RiskException" },
                ["namespace"] = "shop",
                ["name"] = "accepted",
                ["userInfo"] = new JsonObject { ["username"] = user, ["groups"] = new JsonArray([.. GroupsOf(user).Select(group => JsonValue.Create(group))]) },
                ["object"] = now.DeepClone(),
                ["oldObject"] = before,
            },
        };
        var answer = await new ExceptionReview(new Rights(_asked, _allowed), Seal, new Server(_server ?? before), _policies, _clock).DecideAsync(ReviewReader.Read(JsonSerializer.SerializeToUtf8Bytes(review)), default);
        foreach (var step in answer.Patch is null ? [] : JsonNode.Parse(answer.Patch)!.AsArray())
        {
            var path = step!["path"]!.GetValue<string>().Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal)).ToArray();
            var target = path[..^1].Aggregate((JsonNode)now, (node, part) => node[part]!).AsObject();
            target.Remove(path[^1]);
            if (step["op"]!.GetValue<string>() == "add")
            {
                target[path[^1]] = step["value"]!.DeepClone();
            }
        }

        var result = now["spec"] as JsonObject ?? [];
        // An approval is sealed, and nothing else is.
        var read = now["spec"]?.Deserialize(CoreJson.Default.RiskExceptionSpec);
        if (answer.Allowed)
        {
            var subject = new ApprovalSubject(Name, "u1", before is null ? 0 : JsonNode.DeepEquals(before["spec"], now["spec"]) ? 3 : 4);
            Assert.Equal(read is { Approved: true, ApprovedBy: not null }, Seal.Holds(subject, read!, SealIn(now)));
            Assert.Equal(read is { Approved: true, ApprovedBy: not null }, SealIn(now) is not null);
        }

        return (answer, result);
    }

    private static readonly ObjectKey Name = new("shop", "accepted");
    private static readonly ApprovalSeal Seal = new(new SealKeys(new byte[32]));

    private static string? SealIn(JsonObject item) => item["metadata"]?["annotations"]?[ApprovalSeal.Annotation]?.GetValue<string>();

    private static JsonObject Stored(string spec, bool vouched)
    {
        var item = new JsonObject { ["spec"] = JsonNode.Parse(spec), ["metadata"] = new JsonObject { ["uid"] = "u1", ["generation"] = 3 } };
        var read = item["spec"].Deserialize(CoreJson.Default.RiskExceptionSpec)!;
        if (vouched && read is { Approved: true, ApprovedBy: not null })
        {
            item["metadata"]!["annotations"] = new JsonObject { [ApprovalSeal.Annotation] = Seal.Of(new ApprovalSubject(Name, "u1", 3), read) };
        }

        return item;
    }

    private static (string? Requester, string? Approver, bool? Approved) NamesIn(JsonObject spec)
    {
        var read = spec.Deserialize(CoreJson.Default.RiskExceptionSpec)!;
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

    // As the API server shows a service account.
    private static string[] GroupsOf(string user) =>
        user.Split(':') is ["system", "serviceaccount", var @namespace, _] ? ["system:serviceaccounts", $"system:serviceaccounts:{@namespace}"] : [];

    private sealed class Server(JsonObject? item) : IStoredExceptions
    {
        public (ObjectMeta Metadata, RiskExceptionSpec? Spec)? Find(ObjectKey key) => item is null ? null : (
            new ObjectMeta { Name = key.Name, Namespace = key.Namespace, Uid = (string?)item["metadata"]!["uid"], Generation = (int?)item["metadata"]!["generation"] ?? 0 },
            item["spec"].Deserialize(CoreJson.Default.RiskExceptionSpec));
    }
}
