using System.Collections.Immutable;
using OssRuntime.Policy.Priorities;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Policy.Violations;

/// <summary>Decides which hits of an image are violations on a workload: what the workload adds, and which exceptions are in force.</summary>
public static class ViolationFinder
{
    /// <summary>The violations, gravest action first.</summary>
    /// <param name="hits">The image's hits.</param>
    /// <param name="policies">The policies that are for this container.</param>
    /// <param name="context">What the workload adds to a priority.</param>
    /// <param name="level">From how far away it can be reached; null where that is not known, and then conditions on it do not hold.</param>
    /// <param name="isExcepted">Says whether an exception that is in force covers a thing; null things ask whether all of a rule is.</param>
    public static ImmutableArray<Violation> Find(
        ImmutableArray<RuleHit> hits, IReadOnlySet<string> policies, DeployerContext context, ExposureLevel? level, Func<RuleHit, RuleItem?, bool> isExcepted)
    {
        var violations = ImmutableArray.CreateBuilder<Violation>();
        foreach (var hit in hits)
        {
            if (!policies.Contains(hit.Policy) || (hit.Rule.Exposure is { } wanted && !(level >= wanted)))
            {
                continue;
            }

            var items = hit.Items.Where(item => IsUrgent(hit.Rule, item, context) && !isExcepted(hit, item)).ToImmutableArray();
            // Things beyond the limit have no name: only an exception from the whole rule covers them.
            var more = hit.More > 0 && hit.Rule.Priority is null && !isExcepted(hit, null) ? hit.More : 0;
            if (!items.IsEmpty || more > 0)
            {
                violations.Add(new Violation(hit.Policy, hit.Rule, items.IsEmpty ? [hit.Items[^1]] : items, items.Length + more));
            }
        }

        return [.. violations.OrderByDescending(violation => violation.Rule.Action).ThenBy(violation => violation.Policy, StringComparer.Ordinal).ThenBy(violation => violation.Rule.Name, StringComparer.Ordinal)];
    }

    private static bool IsUrgent(RiskRule rule, RuleItem item, DeployerContext context) =>
        rule.Priority is not { } least
        || PriorityDecider.Decide(
            new PriorityInputs(item.Evidence.Exploitation, context.Exposure, item.Evidence.Automatable, context.Impact), item.Malicious, item.Ended) >= least;
}
