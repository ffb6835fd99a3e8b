using System.Collections.Immutable;
using OssRuntime.Model.Findings;
using OssRuntime.Policy.Exceptions;
using OssRuntime.Policy.Priorities;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.State;

/// <summary>A finding of an image that an exception may say does not affect a workload, wherever that is in force.</summary>
internal sealed record AcceptableFinding(PressingFinding Finding, RuleItem Item)
{
    // Those beyond are not taken out, which errs on the side of showing them.
    private const int Most = 2000;

    /// <summary>The findings that any of the exceptions names, whether it is in force or not: that changes with the clock, and differs from place to place.</summary>
    public static ImmutableArray<AcceptableFinding> Of(ImmutableArray<Finding> findings, EndedSupport ended, IEnumerable<RiskException> exceptions)
    {
        var relevant = exceptions.Where(exception => exception.Suppresses).ToList();
        return relevant.Count == 0
            ? []
            :
            [
                .. findings.Select(finding => (finding, item: RuleMatcher.ItemOf(finding, ended)))
                    .Where(pair => relevant.Exists(exception => exception.Names(pair.item)))
                    .Take(Most)
                    .Select(pair => new AcceptableFinding(PressingFinding.Of(pair.finding, ended), pair.item)),
            ];
    }

    /// <summary>The facts of an image in a place, without the findings that exceptions in force say do not affect it there.</summary>
    public static ImageFacts Suppress(ImageFacts facts, ExceptionScope scope, IReadOnlyCollection<RiskException> inForce)
    {
        List<PressingFinding> taken = facts.Acceptable.IsDefaultOrEmpty || inForce.Count == 0
            ? []
            : [.. facts.Acceptable.Where(candidate => inForce.Any(exception => exception.Suppresses && exception.CoversFinding(scope, candidate.Item))).Select(candidate => candidate.Finding)];
        if (taken.Count == 0)
        {
            return facts;
        }

        var gone = taken.GroupBy(KeyOf).ToDictionary(group => group.Key, group => group.Count());
        var hidden = taken.ToHashSet();
        var counts = facts.Counts;
        return facts with
        {
            Counts = counts with
            {
                Malicious = counts.Malicious - taken.Count(finding => finding.Severity == Severity.Malicious),
                Critical = counts.Critical - taken.Count(finding => finding.Severity == Severity.Critical),
                High = counts.High - taken.Count(finding => finding.Severity == Severity.High),
                Medium = counts.Medium - taken.Count(finding => finding.Severity == Severity.Medium),
                Low = counts.Low - taken.Count(finding => finding.Severity is Severity.Low or Severity.None),
                Unknown = counts.Unknown - taken.Count(finding => finding.Severity == Severity.Unknown),
                KnownExploited = counts.KnownExploited - taken.Count(finding => finding.KnownExploited),
                Fixable = counts.Fixable - taken.Count(finding => finding.FixedIn is not null),
            },
            Buckets =
            [
                .. facts.Buckets
                    .Select(bucket => bucket with { Count = bucket.Count - gone.GetValueOrDefault((bucket.Malicious, bucket.Ended, bucket.Exploitation, bucket.Automatable)) })
                    .Where(bucket => bucket.Count > 0),
            ],
            Top = [.. facts.Top.Where(finding => !hidden.Contains(finding))],
            Findings = facts.Findings - taken.Count,
            Accepted = taken.Count,
        };
    }

    private static (bool, bool, Exploitation, bool) KeyOf(PressingFinding finding) =>
        (finding.Severity == Severity.Malicious, finding.Ended, finding.Evidence.Exploitation, finding.Evidence.Automatable);
}
