using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Admission;

/// <summary>Refuses policies that cannot be read, with the path of each field that is wrong.</summary>
internal static class PolicyReview
{
    public static AdmissionAnswer Decide(AdmissionRequest request)
    {
        if (request.Operation is not ("CREATE" or "UPDATE") || request.Subresource.Length > 0)
        {
            return AdmissionAnswer.Allow(AdmissionReason.NotJudged);
        }

        if (request.Unread is { } problem)
        {
            return AdmissionAnswer.Deny(AdmissionReason.Invalid, $"this policy cannot be read: {problem}");
        }

        var errors = RiskPolicyFile.Read(request.Object).Errors;
        return errors.IsEmpty
            ? AdmissionAnswer.Allow(AdmissionReason.Accepted)
            : AdmissionAnswer.Deny(AdmissionReason.Invalid, $"this policy cannot be read: {string.Join("; ", errors)}");
    }
}
