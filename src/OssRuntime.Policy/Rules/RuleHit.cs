using System.Collections.Immutable;

namespace OssRuntime.Policy.Rules;

/// <summary>
/// What breaks a rule of a policy in one image. It is computed when the image, the policy or the database changes; what the workload adds is decided
/// later, in memory.
/// </summary>
/// <param name="Policy">The name of the policy.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Items">The things, most pressing first, up to a limit.</param>
/// <param name="More">How many there are besides.</param>
public sealed record RuleHit(string Policy, RiskRule Rule, ImmutableArray<RuleItem> Items, int More);
