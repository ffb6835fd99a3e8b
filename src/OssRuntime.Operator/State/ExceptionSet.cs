using OssRuntime.Kubernetes.Api;
using OssRuntime.Operator.Integrity;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.State;

/// <summary>The exceptions of both kinds. Which of them count is decided by the clock at the moment of the question.</summary>
/// <param name="approvals">
/// Who vouches for the people in an exception. Without the webhooks anybody who may create an exception could write any name into it, and none counts.
/// </param>
/// <param name="time">The clock.</param>
internal sealed class ExceptionSet(IApprovals approvals, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectKey, RiskException> _exceptions = [];
    private volatile RiskException[] _all = [];

    /// <summary>All that can be read, whether or not they are in force.</summary>
    public IReadOnlyCollection<RiskException> All => _all;

    /// <summary>Those in force now.</summary>
    public IEnumerable<RiskException> InForce
    {
        get
        {
            var now = time.GetUtcNow();
            return _all.Where(exception => exception.IsInForce(now));
        }
    }

    /// <summary>True where the webhooks vouch for the people in an exception that says that it is approved.</summary>
    public bool Vouches(ApprovalSubject subject, RiskExceptionSpec spec, string? seal) => spec.Approved != true || approvals.Holds(subject, spec, seal);

    /// <summary>Takes over an exception with its seal; null where it is gone. One that cannot be read, or that nobody vouches for, does not count.</summary>
    public void Set(ApprovalSubject subject, RiskExceptionSpec? spec, string? seal = null)
    {
        var key = subject.Name;
        lock (_gate)
        {
            _exceptions.Remove(key);
            if (spec is not null && Vouches(subject, spec, seal) && RiskExceptionCompiler.Compile(key.Namespace, key.Name, spec).Exception is { } exception)
            {
                _exceptions[key] = exception;
            }

            _all = [.. _exceptions.Values];
        }
    }

    /// <summary>True where one that is in force covers the thing, or the rule as such.</summary>
    public bool Covers(ExceptionScope scope, RuleHit hit, RuleItem? item) => _all.Length > 0 && InForce.Any(exception => exception.Covers(scope, hit, item));
}
