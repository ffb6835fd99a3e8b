using System.Collections.Immutable;
using OssRuntime.Model.Findings;

namespace OssRuntime.Cli.Filters;

/// <summary>What a team's decisions leave of findings.</summary>
/// <param name="Left">What is shown and judged.</param>
/// <param name="Ignored">How many are left for a while.</param>
/// <param name="Known">How many an earlier scan found.</param>
internal sealed record SievedFindings(ImmutableArray<Finding> Left, int Ignored, int Known);
