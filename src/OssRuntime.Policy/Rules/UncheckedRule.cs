using System.Collections.Immutable;
using OssRuntime.Model.Coverage;

namespace OssRuntime.Policy.Rules;

/// <summary>A condition on what of an image could not be checked.</summary>
/// <param name="Reasons">The reasons that count; all where empty.</param>
/// <param name="AtLeast">The least number of components, or null. What has no components (a package database that is missing) breaks a rule without it alone.</param>
/// <param name="AtLeastPercent">The least share of the components, or null.</param>
public sealed record UncheckedRule(ImmutableArray<UncheckedReason> Reasons, int? AtLeast, int? AtLeastPercent)
{
    /// <summary>What of a coverage meets the condition, a line for each reason; empty where it does not hold.</summary>
    public ImmutableArray<string> Broken(CheckCoverage coverage)
    {
        var groups = coverage.Unchecked.AsImmutableArray().Where(group => Reasons.IsEmpty || Reasons.Contains(group.Reason)).ToList();
        var components = groups.Sum(group => group.Components);
        return components < AtLeast || 100L * components < (long?)AtLeastPercent * coverage.Components
            ? []
            : [.. groups.Select(group => $"{group.Reason}: {(group.Components > 0 ? $"{group.Components} of {coverage.Components} components: " : "")}{group.Clause}")];
    }
}
