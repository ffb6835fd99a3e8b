namespace OssRuntime.Operator.Admission;

/// <summary>Who may approve exceptions.</summary>
internal interface IApprovalRights
{
    /// <summary>True where the user has the verb <c>approve</c> on the exception.</summary>
    Task<bool> MayApproveAsync(AdmissionRequest request, CancellationToken cancel);
}
