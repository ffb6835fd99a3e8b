using System.Collections.Immutable;
using OssRuntime.Operator.Exposure;
using OssRuntime.Operator.State;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Rules;
using OssRuntime.Policy.Violations;

namespace OssRuntime.Operator.Policies;

/// <summary>Which rules an image breaks where it runs or is to run: the policies for that place, what the workload adds, the exceptions in force.</summary>
internal sealed class Violations(PolicySet policies, ExceptionSet exceptions, OwnerAnnotationIndex declarations)
{
    /// <summary>The policies for a container of the image in the namespace.</summary>
    public ImmutableArray<RiskPolicy> PoliciesFor(string @namespace, string image)
    {
        var labels = declarations.LabelsOf(@namespace);
        return [.. policies.All.Where(policy => policy.IsFor(@namespace, labels, image))];
    }

    /// <summary>The policies for anything in the namespace.</summary>
    public ImmutableArray<RiskPolicy> PoliciesIn(string @namespace)
    {
        var labels = declarations.LabelsOf(@namespace);
        return [.. policies.All.Where(policy => policy.IsForNamespace(@namespace, labels))];
    }

    /// <summary>The violations, gravest action first.</summary>
    public ImmutableArray<Violation> Find(ImmutableArray<RuleHit> hits, IEnumerable<RiskPolicy> among, ExceptionScope scope, WorkloadContext standing) =>
        hits.IsDefaultOrEmpty
            ? []
            : PlaceOf(scope, standing).Violations(hits, among, [.. exceptions.InForce]);

    /// <summary>The rules of which it cannot be told whether they are broken, because it cannot be told how far the workload is reached; gravest action first.</summary>
    public ImmutableArray<Violation> FindUndecided(ImmutableArray<RuleHit> hits, IEnumerable<RiskPolicy> among, ExceptionScope scope, WorkloadContext standing) =>
        hits.IsDefaultOrEmpty ? [] : PlaceOf(scope, standing).Undecided(hits, among, [.. exceptions.InForce]);

    private PolicyPlace PlaceOf(ExceptionScope scope, WorkloadContext standing) =>
        new(scope, declarations.LabelsOf(scope.Namespace), standing.Level, standing.Context) { ExposureUncertain = standing.Uncertain };
}
