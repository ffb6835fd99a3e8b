using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Resources;

namespace OssRuntime.Operator.Admission;

/// <summary>Asks the API server by a SubjectAccessReview. It is the one request that admission makes, and for approvals only.</summary>
internal sealed class SubjectAccessRights(KubernetesConnection connection) : IApprovalRights
{
    private readonly ResourceClient<SubjectAccessReview> _client = new(connection, SubjectAccessReview.Resource, AdmissionJson.Default.SubjectAccessReview);

    public async Task<bool> MayApproveAsync(AdmissionRequest request, CancellationToken cancel)
    {
        var plural = request.Kind == RiskExceptionResource.Resource.Kind ? RiskExceptionResource.Resource.Plural : ClusterRiskExceptionResource.Resource.Plural;
        var question = new SubjectAccessReview
        {
            Spec = new SubjectAccessReview.Question(
                request.User,
                request.UserId,
                [.. request.Groups],
                request.Extra.ValueKind == System.Text.Json.JsonValueKind.Object ? request.Extra : null,
                new SubjectAccessReview.Attributes(
                    request.Namespace.Length == 0 ? null : request.Namespace, "approve", RiskExceptionResource.Resource.Group, plural, request.Name)),
        };
        var answer = await _client.CreateAsync(null, question, AdmissionJson.Default.SubjectAccessReview, cancel);
        return answer.Status?.Allowed == true;
    }
}
