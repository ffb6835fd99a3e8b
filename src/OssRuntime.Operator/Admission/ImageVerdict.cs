using System.Collections.Frozen;
using System.Collections.Immutable;
using OssRuntime.Model.Coverage;
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

    /// <summary>
    /// The verdict, or null where no policy has judged the image: it has no inventory, or was not matched, or there are no policies. It is taken from the report alone:
    /// the conditions are for people.
    /// </summary>
    public static ImageVerdict? Of(ImageInventory resource, FrozenDictionary<(string Policy, string Rule), RiskRule> rules) =>
        resource.Report is { } report && (!report.Policies.IsEmpty || IsUnchecked(report))
            ? new ImageVerdict(resource.Metadata.CreationTimestamp ?? default, report.Policies.ToFrozenSet(StringComparer.Ordinal), [])
            {
                Lines = HitLine.Parse(report.Hits),
                Unchecked = IsUnchecked(report) ? report.Checked!.Read().Sentence : null,
            }.Under(rules)
            : null;

    /// <summary>Why nothing in the image could be checked, or null: then no policy has judged it, and what breaks rules all the same (a denied package) counts.</summary>
    public string? Unchecked { get; init; }

    private static bool IsUnchecked(ImageInventoryReport report) => report.Checked?.State == nameof(CheckState.Nothing);

    /// <summary>The verdict under other rules.</summary>
    public ImageVerdict Under(FrozenDictionary<(string Policy, string Rule), RiskRule> rules) => this with { Hits = HitLine.Link(Lines, rules) };
}
