using System.Text.Json;
using System.Text.Json.Nodes;
using OssRuntime.Operator.Policies;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Admission;

/// <summary>
/// Sets who requested and who approved an exception, from the request and never from the object: whatever the object says of it is overwritten. Who approves
/// needs the verb <c>approve</c>, and may not be who requested it. An approval is for what was approved: a change of anything else ends it.
/// </summary>
internal sealed class ExceptionReview(IApprovalRights rights, PolicySet policies, TimeProvider time)
{
    public async Task<AdmissionAnswer> DecideAsync(AdmissionRequest request, CancellationToken cancel)
    {
        if (request.Operation is not ("CREATE" or "UPDATE") || request.Subresource.Length > 0)
        {
            return AdmissionAnswer.Allow(AdmissionReason.NotJudged);
        }

        var (spec, old) = (SpecOf(request.Object), SpecOf(request.OldObject));
        var space = request.Kind == "ClusterRiskException" ? null : request.Namespace;
        var errors = RiskExceptionCompiler.Compile(space, request.Name, spec).Errors;
        if (!errors.IsEmpty)
        {
            return AdmissionAnswer.Deny(AdmissionReason.Invalid, $"this exception cannot be read: {string.Join("; ", errors)}");
        }

        if (request.Operation == "CREATE")
        {
            return spec!.Approved == true
                ? AdmissionAnswer.Deny(AdmissionReason.NotApproved, "an exception is approved after it was requested, by somebody else: create it without spec.approved")
                : TooLong(spec) ?? Patched(spec, spec with { Approved = null, ApprovedBy = null, RequestedBy = request.User });
        }

        var requester = old?.RequestedBy ?? "";
        var kept = spec! with { RequestedBy = requester, ApprovedBy = old?.ApprovedBy };
        if (spec!.Approved != true)
        {
            return TooLong(spec) ?? Patched(spec, kept with { ApprovedBy = null });
        }

        if (old?.Approved == true && Same(Bare(spec), Bare(old)))
        {
            return Patched(spec, kept);
        }

        return await ApproveAsync(request, spec, old, requester, cancel);
    }

    private async Task<AdmissionAnswer> ApproveAsync(AdmissionRequest request, RiskExceptionSpec spec, RiskExceptionSpec? old, string requester, CancellationToken cancel)
    {
        if (old is null || !Same(Bare(spec), Bare(old)))
        {
            // Who changes what is accepted asks anew, whoever it is.
            return TooLong(spec)
                ?? Patched(spec, spec with { Approved = null, ApprovedBy = null, RequestedBy = request.User }) with
                {
                    Warnings = ["what is accepted was changed: it is to be approved again, by somebody else"],
                };
        }

        if (request.User.Length == 0 || request.User == requester)
        {
            return AdmissionAnswer.Deny(AdmissionReason.NotApproved, $"'{request.User}' requested this exception and may not approve it");
        }

        return await rights.MayApproveAsync(request, cancel)
            ? Patched(spec, spec with { RequestedBy = requester, ApprovedBy = request.User })
            : AdmissionAnswer.Deny(AdmissionReason.NotApproved, $"'{request.User}' does not have the verb approve on this exception");
    }

    private AdmissionAnswer? TooLong(RiskExceptionSpec spec)
    {
        var limit = policies.All.Min(policy => policy.MaximumExceptionDays);
        return limit is { } days && spec.Expires > time.GetUtcNow() + TimeSpan.FromDays(days)
            ? AdmissionAnswer.Deny(AdmissionReason.Invalid, $"spec.expires: policies allow {days} days at most")
            : null;
    }

    private static AdmissionAnswer Patched(RiskExceptionSpec spec, RiskExceptionSpec wished)
    {
        var operations = new JsonArray();
        Set("approved", spec.Approved, wished.Approved);
        Set("requestedBy", spec.RequestedBy, wished.RequestedBy);
        Set("approvedBy", spec.ApprovedBy, wished.ApprovedBy);
        return AdmissionAnswer.Allow(AdmissionReason.Accepted) with
        {
            Patch = operations.Count == 0 ? null : System.Text.Encoding.UTF8.GetBytes(operations.ToJsonString()),
        };

        void Set<T>(string field, T? now, T? then)
        {
            if (!EqualityComparer<T?>.Default.Equals(now, then))
            {
                var operation = new JsonObject { ["op"] = then is null ? "remove" : "add", ["path"] = $"/spec/{field}" };
                if (then is not null)
                {
                    operation["value"] = then is bool flag ? JsonValue.Create(flag) : JsonValue.Create(then.ToString());
                }

                operations.Add((JsonNode)operation);
            }
        }
    }

    private static RiskExceptionSpec? SpecOf(JsonElement item) => ReviewReader.Member(item, "spec") is { ValueKind: JsonValueKind.Object } spec
        ? spec.Deserialize(AdmissionJson.Default.RiskExceptionSpec)
        : null;

    // What is accepted, without who asked for it and who said yes.
    private static byte[] Bare(RiskExceptionSpec spec) => JsonSerializer.SerializeToUtf8Bytes(
        spec with { Approved = null, ApprovedBy = null, RequestedBy = null }, AdmissionJson.Default.RiskExceptionSpec);

    private static bool Same(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);
}
