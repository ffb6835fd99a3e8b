using System.Collections.Immutable;
using OssRuntime.Model.Coverage;
using OssRuntime.Model.Findings;
using OssRuntime.Model.Lifecycles;

namespace OssRuntime.Advisories.Matching;

/// <summary>What one generation of the database says about one inventory. The same inputs give the same result, in the same order.</summary>
public sealed record MatchResult
{
    /// <summary>
    /// The findings: most severe first, then exploited ones, then by EPSS, then by id, purl and path.
    /// </summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>The support states of the distribution and of the components that the lifecycle data knows, by product and subject.</summary>
    public ImmutableArray<LifecycleStatus> Lifecycles { get; init; } = [];

    /// <summary>Ecosystems of the image on which there is no data, by name: silence about them means nothing.</summary>
    public ImmutableArray<UncoveredEcosystem> Uncovered { get; init; } = [];

    /// <summary>How much of the image was checked, and why the rest was not.</summary>
    public required CheckCoverage Checked { get; init; }

    /// <summary>Components with versions that cannot be compared, by purl.</summary>
    public ImmutableArray<UncomparedComponent> Uncompared { get; init; } = [];

    /// <summary>The generation that was asked.</summary>
    public required string Generation { get; init; }

    /// <summary>When the newest record of that generation was changed; null where no record has a date.</summary>
    public required DateTimeOffset? NewestRecord { get; init; }
}
