using System.Collections.Immutable;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Priorities;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Policy.Violations;

/// <summary>
/// A place that an image runs in or is to run in. The operator asks for reports and at admission, the command line for what is not deployed yet: the
/// same question, and so the same answer.
/// </summary>
/// <param name="Scope">The namespace, the workload, and the image as the pod writes it.</param>
/// <param name="Labels">The namespace's labels.</param>
/// <param name="Level">From how far away it can be reached; null where that is not known, and then conditions on it do not hold.</param>
/// <param name="Context">What the workload adds to a priority.</param>
public sealed record PolicyPlace(ExceptionScope Scope, IReadOnlyDictionary<string, string> Labels, ExposureLevel? Level, DeployerContext Context)
{
    /// <summary>What proves the level, from outside in; empty where nobody looked.</summary>
    public ImmutableArray<string> ExposurePath { get; init; } = [];

    /// <summary>What may make it reachable from farther away, and how far at most; empty where everything that was seen was understood.</summary>
    public ImmutableArray<ExposureUncertain> ExposureUncertain { get; init; } = [];

    /// <summary>The farthest level that it may be; null where nothing is known of it.</summary>
    public ExposureLevel? Highest => Level is { } level && !ExposureUncertain.IsEmpty ? (ExposureLevel)Math.Max((int)level, (int)ExposureUncertain.Max(item => item.AtMost)) : Level;

    /// <summary>The policies for the place.</summary>
    public ImmutableArray<RiskPolicy> PoliciesAmong(IEnumerable<RiskPolicy> policies) => [.. policies.Where(policy => policy.IsFor(Scope.Namespace, Labels, Scope.Image))];

    /// <summary>The rules that the image breaks here, gravest action first.</summary>
    /// <param name="hits">What in the image breaks rules.</param>
    /// <param name="policies">The policies for the place.</param>
    /// <param name="exceptions">The exceptions in force.</param>
    public ImmutableArray<Violation> Violations(ImmutableArray<RuleHit> hits, IEnumerable<RiskPolicy> policies, IReadOnlyCollection<RiskException> exceptions) =>
        Find(hits, policies, exceptions, Level);

    /// <summary>
    /// The rules that the image may break here: they go by how far the workload is reached, and that cannot be told. They are not broken for certain, and not kept either.
    /// </summary>
    /// <param name="hits">What in the image breaks rules.</param>
    /// <param name="policies">The policies for the place.</param>
    /// <param name="exceptions">The exceptions in force.</param>
    public ImmutableArray<Violation> Undecided(ImmutableArray<RuleHit> hits, IEnumerable<RiskPolicy> policies, IReadOnlyCollection<RiskException> exceptions)
    {
        var farthest = Highest ?? ExposureLevel.Internet;
        return hits.IsDefaultOrEmpty || farthest == Level
            ? []
            : Find([.. hits.Where(hit => hit.Rule.Exposure is { } wanted && !(Level >= wanted) && farthest >= wanted)], policies, exceptions, farthest);
    }

    private ImmutableArray<Violation> Find(
        ImmutableArray<RuleHit> hits, IEnumerable<RiskPolicy> policies, IReadOnlyCollection<RiskException> exceptions, ExposureLevel? level) =>
        hits.IsDefaultOrEmpty
            ? []
            : ViolationFinder.Find(
                hits,
                policies.Select(policy => policy.Name).ToHashSet(StringComparer.Ordinal),
                Context,
                level,
                (hit, item) => exceptions.Any(exception => exception.Covers(Scope, hit, item)));
}
