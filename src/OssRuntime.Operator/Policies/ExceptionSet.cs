using OssRuntime.Kubernetes.Api;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Policies;

/// <summary>The exceptions of both kinds. Which of them count is decided by the clock at the moment of the question.</summary>
internal sealed class ExceptionSet(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ObjectKey, RiskException> _exceptions = [];
    private volatile RiskException[] _all = [];

    /// <summary>Whether the webhooks vouch for who approved. Without them anybody who may create an exception could forge it, and none counts.</summary>
    public bool ApprovalsAreChecked { get; init; } = true;

    /// <summary>All that can be read, whether or not they are in force.</summary>
    public IReadOnlyCollection<RiskException> All => _all;

    /// <summary>Those in force now.</summary>
    public IEnumerable<RiskException> InForce
    {
        get
        {
            var now = time.GetUtcNow();
            return !ApprovalsAreChecked ? [] : _all.Where(exception => exception.IsInForce(now));
        }
    }

    /// <summary>When the next one in force ends, or null.</summary>
    public DateTimeOffset? NextEnd => InForce.Select(exception => (DateTimeOffset?)exception.Expires).Min();

    /// <summary>Takes over an exception; null where it is gone. One that cannot be read does not count.</summary>
    public void Set(ObjectKey key, RiskExceptionSpec? spec)
    {
        lock (_gate)
        {
            _exceptions.Remove(key);
            if (spec is not null && RiskExceptionCompiler.Compile(key.Namespace, key.Name, spec).Exception is { } exception)
            {
                _exceptions[key] = exception;
            }

            _all = [.. _exceptions.Values];
        }
    }

    /// <summary>True where one that is in force covers the thing, or the rule as such.</summary>
    public bool Covers(ExceptionScope scope, RuleHit hit, RuleItem? item) => _all.Length > 0 && InForce.Any(exception => exception.Covers(scope, hit, item));
}
