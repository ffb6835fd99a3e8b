using OssRuntime.Operator.Integrity;
using OssRuntime.Policy.Exceptions;

namespace OssRuntime.EndToEnd.Tests.Policies;

/// <summary>Believes every approval: who approved is tested elsewhere.</summary>
internal sealed class AnyApproval : IApprovals
{
    public bool Holds(ApprovalSubject subject, RiskExceptionSpec spec, string? mark) => true;
}
