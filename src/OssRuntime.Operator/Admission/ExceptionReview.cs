using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Integrity;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// Sets who requested and who approved an exception, from the request and never from the object: whatever the object says of it is overwritten. Who approves
/// needs the verb <c>approve</c>, and may not be who requested it: that is whoever wrote last what is accepted. An approval is for what was approved: a
/// change of anything else ends it. What it did is sealed, so that an approval that nobody checked is known as such.
/// </summary>
internal sealed class ExceptionReview(IApprovalRights rights, ApprovalSeal seal, IStoredExceptions stored, PolicySet policies, TimeProvider time)
{
    private const string AccountPrefix = "system:serviceaccount:";

    public async Task<AdmissionAnswer> DecideAsync(AdmissionRequest request, CancellationToken cancel)
    {
        if (request.Operation is not ("CREATE" or "UPDATE") || request.Subresource.Length > 0)
        {
            return AdmissionAnswer.Allow(AdmissionReason.NotJudged);
        }

        if (request.Unread is { } problem)
        {
            return AdmissionAnswer.Deny(AdmissionReason.Invalid, $"this exception cannot be read: {problem}");
        }

        var (written, old) = (SpecOf(request.Object), SpecOf(request.OldObject));
        var @namespace = request.Kind == "ClusterRiskException" ? null : request.Namespace;
        var errors = RiskExceptionCompiler.Compile(@namespace, request.Name, written).Errors;
        if (!errors.IsEmpty || written is not { } spec)
        {
            return AdmissionAnswer.Deny(AdmissionReason.Invalid, $"this exception cannot be read: {string.Join("; ", errors)}");
        }

        if (request.Operation == "CREATE")
        {
            return spec.Approved == true
                ? AdmissionAnswer.Deny(AdmissionReason.NotApproved, "an exception is approved after it was requested, by somebody else: create it without spec.approved")
                : TooLong(spec) ?? Patched(request, spec, spec with { Approved = null, ApprovedBy = null, RequestedBy = request.User });
        }

        // Whoever wrote what is accepted asks for it, also where somebody else asked for something else before.
        var changed = old is null || !Same(Bare(spec), Bare(old));
        var requester = changed || string.IsNullOrEmpty(old!.RequestedBy) ? request.User : old.RequestedBy;
        if (changed || spec.Approved != true)
        {
            var answer = TooLong(spec) ?? Patched(request, spec, spec with { Approved = spec.Approved == true ? null : spec.Approved, ApprovedBy = null, RequestedBy = requester });
            return answer.Allowed && spec.Approved == true
                ? answer with { Warnings = ["what is accepted was changed: it is to be approved again, by somebody else"] }
                : answer;
        }

        return old is { Approved: true, ApprovedBy.Length: > 0, RequestedBy.Length: > 0 } && seal.Holds(SubjectOf(request, request.OldObject), old, SealIn(request.OldObject))
            ? Patched(request, spec, spec with { RequestedBy = old.RequestedBy, ApprovedBy = old.ApprovedBy })
            : await ApproveAsync(request, spec, requester, cancel);
    }

    private async Task<AdmissionAnswer> ApproveAsync(AdmissionRequest request, RiskExceptionSpec spec, string requester, CancellationToken cancel)
    {
        if (Contradiction(request) is { } contradiction)
        {
            return AdmissionAnswer.Deny(AdmissionReason.NotApproved, contradiction);
        }

        if (request.User.Length == 0 || IsOne(request, requester))
        {
            return AdmissionAnswer.Deny(AdmissionReason.NotApproved, $"'{request.User}' requested this exception and may not approve it");
        }

        return TooLong(spec)
            ?? (await rights.MayApproveAsync(request, cancel)
                ? Patched(request, spec, spec with { RequestedBy = requester, ApprovedBy = request.User })
                : AdmissionAnswer.Deny(AdmissionReason.NotApproved, $"'{request.User}' does not have the verb approve on this exception"));
    }

    // Service accounts of one namespace are of whoever may write there: he can take the token of any.
    private static bool IsOne(AdmissionRequest request, string requester) =>
        request.User == requester
        || (requester.StartsWith(AccountPrefix, StringComparison.Ordinal) && request.Groups.Contains($"system:serviceaccounts:{requester.Split(':')[2]}"));

    // What is said to be stored has to be what our own watch shows, or something that came after it.
    private string? Contradiction(AdmissionRequest request)
    {
        var old = SubjectOf(request, request.OldObject);
        if (stored.Find(NameOf(request)) is not { } known)
        {
            return "this exception is not known here yet: try again in a few seconds";
        }

        var now = ApprovalSubject.Of(known.Metadata);
        return old.Uid != now.Uid || old.Generation < now.Generation || (old.Generation == now.Generation && !Same(Bare(known.Spec ?? new()), Bare(SpecOf(request.OldObject) ?? new())))
            ? "this exception is stored otherwise than the request says: try again in a few seconds"
            : null;
    }

    private AdmissionAnswer? TooLong(RiskExceptionSpec spec)
    {
        var limit = policies.All.Min(policy => policy.MaximumExceptionDays);
        return limit is { } days && spec.Expires > time.GetUtcNow() + TimeSpan.FromDays(days)
            ? AdmissionAnswer.Deny(AdmissionReason.Invalid, $"spec.expires: policies allow {days} days at most")
            : null;
    }

    private AdmissionAnswer Patched(AdmissionRequest request, RiskExceptionSpec spec, RiskExceptionSpec wished)
    {
        var operations = new JsonArray();
        Set("/spec/approved", spec.Approved, wished.Approved);
        Set("/spec/requestedBy", spec.RequestedBy, wished.RequestedBy);
        Set("/spec/approvedBy", spec.ApprovedBy, wished.ApprovedBy);
        var sealedAs = wished is { Approved: true, ApprovedBy: not null } ? seal.Of(SubjectAfter(request, wished), wished) : null;
        if (sealedAs is not null && ReviewReader.Member(ReviewReader.Member(request.Object, "metadata"), "annotations") is not { ValueKind: JsonValueKind.Object })
        {
            operations.Add((JsonNode)new JsonObject { ["op"] = "add", ["path"] = "/metadata/annotations", ["value"] = new JsonObject() });
        }

        // A slash is written as ~1 (RFC 6901).
        Set("/metadata/annotations/" + ApprovalSeal.Annotation.Replace("/", "~1", StringComparison.Ordinal), SealIn(request.Object), sealedAs);
        return AdmissionAnswer.Allow(AdmissionReason.Accepted) with
        {
            Patch = operations.Count == 0 ? null : System.Text.Encoding.UTF8.GetBytes(operations.ToJsonString()),
        };

        void Set<T>(string path, T? now, T? then)
        {
            if (!EqualityComparer<T?>.Default.Equals(now, then))
            {
                var operation = new JsonObject { ["op"] = then is null ? "remove" : "add", ["path"] = path };
                if (then is not null)
                {
                    operation["value"] = then is bool flag ? JsonValue.Create(flag) : JsonValue.Create(then.ToString());
                }

                operations.Add((JsonNode)operation);
            }
        }
    }

    private static ObjectKey NameOf(AdmissionRequest request) => new(request.Kind == "ClusterRiskException" ? null : request.Namespace, request.Name);

    private static ApprovalSubject SubjectOf(AdmissionRequest request, JsonElement item)
    {
        var metadata = ReviewReader.Member(item, "metadata");
        var generation = ReviewReader.Member(metadata, "generation") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : 0;
        return new ApprovalSubject(NameOf(request), ReviewReader.Text(metadata, "uid") ?? "", generation);
    }

    // The server counts the generation on where the spec is another than before (apiextensions-apiserver, customResourceStrategy.PrepareForUpdate), which is after we are asked.
    private static ApprovalSubject SubjectAfter(AdmissionRequest request, RiskExceptionSpec wished)
    {
        var before = SubjectOf(request, request.OldObject);
        var after = JsonNode.Parse(request.Object.GetProperty("spec").GetRawText())!.AsObject();
        Put("approved", JsonValue.Create(wished.Approved));
        Put("requestedBy", JsonValue.Create(wished.RequestedBy));
        Put("approvedBy", JsonValue.Create(wished.ApprovedBy));
        return JsonNode.DeepEquals(after, JsonNode.Parse(request.OldObject.GetProperty("spec").GetRawText())) ? before : before with { Generation = before.Generation + 1 };

        void Put(string field, JsonNode? value)
        {
            after.Remove(field);
            if (value is not null)
            {
                after[field] = value;
            }
        }
    }

    private static string? SealIn(JsonElement item) => ReviewReader.Text(ReviewReader.Member(ReviewReader.Member(item, "metadata"), "annotations"), ApprovalSeal.Annotation);

    private static RiskExceptionSpec? SpecOf(JsonElement item) => ReviewReader.Member(item, "spec") is { ValueKind: JsonValueKind.Object } spec
        ? spec.Deserialize(CoreJson.Default.RiskExceptionSpec)
        : null;

    // What is accepted, without who asked for it and who said yes.
    private static byte[] Bare(RiskExceptionSpec spec) => JsonSerializer.SerializeToUtf8Bytes(
        spec with { Approved = null, ApprovedBy = null, RequestedBy = null }, CoreJson.Default.RiskExceptionSpec);

    private static bool Same(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);
}
