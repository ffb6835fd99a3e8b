using System.Collections.Immutable;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Packages;

namespace OssRuntime.Advisories.Matching;

/// <summary>The chain from a component to what is said about it.</summary>
/// <param name="Component">The component.</param>
/// <param name="Answer">One line: who answers for it, or that nobody does.</param>
/// <param name="Lookups">What the database was asked.</param>
/// <param name="Findings">What came of it.</param>
public sealed record MatchTrace(
    Component Component, string Answer, ImmutableArray<TraceLookup> Lookups, ImmutableArray<Finding> Findings)
{
    /// <summary>The part of the chain that is about some ids: candidates with one of them and findings of their flaws.</summary>
    public MatchTrace Only(IReadOnlySet<string> ids) => this with
    {
        Lookups = [.. Lookups.Select(lookup => lookup with { Candidates = [.. lookup.Candidates.Where(candidate => ids.Contains(candidate.Advisory))] }).Where(lookup => !lookup.Candidates.IsEmpty)],
        Findings = [.. Findings.Where(finding => ids.Contains(finding.Id) || finding.Aliases.Any(ids.Contains))],
    };
}
