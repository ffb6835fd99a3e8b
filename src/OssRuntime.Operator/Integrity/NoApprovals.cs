using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Integrity;

/// <summary>Where no webhooks are served nobody has seen who approved, and no approval is believed.</summary>
internal sealed class NoApprovals : IApprovals
{
    public bool Holds(ApprovalSubject subject, RiskExceptionSpec spec, string? mark) => false;
}
