using System.Collections.Frozen;
using System.Collections.Immutable;
using OssRuntime.Operator.Policies;
using OssRuntime.Operator.Resources;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Operator.Admission;

/// <summary>What an ImageInventory says of an image's rules.</summary>
internal sealed record ImageVerdict(DateTimeOffset Created, FrozenSet<string> Marks, ImmutableArray<RuleHit> Hits)
{
    /// <summary>The verdict, or null where the image has no inventory or was not matched: then nothing is known.</summary>
    public static ImageVerdict? Of(ImageInventory resource, PolicySet policies)
    {
        if (resource.Report is not { } report || Holds(ConditionType.Inventoried) is false || Holds(ConditionType.Matched) is false)
        {
            return null;
        }

        return new ImageVerdict(
            resource.Metadata.CreationTimestamp ?? default, report.Policies.ToFrozenSet(StringComparer.Ordinal), HitLine.Read(report.Hits, policies.All));

        bool Holds(string type) => resource.Status?.Conditions.Any(condition => condition.Type == type && condition.Status == "True") == true;
    }
}
