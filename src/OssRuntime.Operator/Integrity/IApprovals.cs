using OssRuntime.Policy.Exceptions;

namespace OssRuntime.Operator.Integrity;

/// <summary>Tells whether an approval in an exception can be believed.</summary>
internal interface IApprovals
{
    /// <summary>True where the mark on the exception proves that it was approved by whom it says.</summary>
    bool Holds(ApprovalSubject subject, RiskExceptionSpec spec, string? mark);
}
