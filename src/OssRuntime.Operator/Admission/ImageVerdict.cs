using System.Collections.Frozen;
using System.Collections.Immutable;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Admission;

/// <summary>What an ImageInventory says of an image's rules.</summary>
/// <param name="Created">When the object was.</param>
/// <param name="Marks">The forms of the policies that it was judged by.</param>
/// <param name="Hits">What breaks rules.</param>
internal sealed record ImageVerdict(DateTimeOffset Created, FrozenSet<string> Marks, ImmutableArray<RuleHit> Hits)
{
    // Read once; only what they break changes with the policies.
    private ImmutableArray<HitLine> Lines { get; init; } = [];

    /// <summary>The verdict, or null where the image has no inventory or was not matched: then nothing is known.</summary>
    public static ImageVerdict? Of(ImageInventory resource, FrozenDictionary<(string Policy, string Rule), RiskRule> rules)
    {
        if (resource.Report is not { } report || Holds(ConditionType.Inventoried) is false || Holds(ConditionType.Matched) is false)
        {
            return null;
        }

        return new ImageVerdict(resource.Metadata.CreationTimestamp ?? default, report.Policies.ToFrozenSet(StringComparer.Ordinal), [])
        {
            Lines = HitLine.Parse(report.Hits),
        }.Under(rules);

        bool Holds(string type) => resource.Status?.Conditions.Any(condition => condition.Type == type && condition.Status == "True") == true;
    }

    /// <summary>The verdict under other rules.</summary>
    public ImageVerdict Under(FrozenDictionary<(string Policy, string Rule), RiskRule> rules) => this with { Hits = HitLine.Link(Lines, rules) };
}
