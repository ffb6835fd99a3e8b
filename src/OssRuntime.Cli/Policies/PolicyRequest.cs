using System.Collections.Immutable;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Cli.Policies;

/// <summary>What the user asked to be judged: by which policies, and where the images are to run as far as no manifest says.</summary>
internal sealed record PolicyRequest
{
    /// <summary>Nothing is judged.</summary>
    public static readonly PolicyRequest None = new();

    public ImmutableArray<string> Files { get; init; } = [];

    public ImmutableArray<FailOn> FailOn { get; init; } = [];

    public string Namespace { get; init; } = "default";

    public ImmutableDictionary<string, string> Labels { get; init; } = ImmutableDictionary<string, string>.Empty;

    public string? Workload { get; init; }

    public ExposureLevel? Exposure { get; init; }

    public HumanImpact? Impact { get; init; }

    /// <summary>The EPSS percentile from which on a flaw counts as if a proof of concept were public.</summary>
    public int EpssPercentile { get; init; } = 95;

    /// <summary>True where the places of images are wanted although no policy judges them.</summary>
    public bool AllPlaces { get; init; }

    /// <summary>The age that <c>--fail-on stale=…</c> allows the database; null where nobody set one.</summary>
    public TimeSpan? GreatestDatabaseAge => FailOn.Select(wish => wish.Inline?.Rules[0].DatabaseOlderThanDays).Min() is { } days ? TimeSpan.FromDays(days) : null;

    /// <summary>The moment at which exceptions are judged; null for now.</summary>
    public DateTimeOffset? At { get; init; }
}
