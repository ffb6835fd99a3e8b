using System.Collections.Immutable;

namespace OssRuntime.Operator.Resources;

/// <summary>A workload's images and their findings, most pressing first, cut to a byte budget.</summary>
internal sealed record WorkloadReportBody
{
    public int Pods { get; init; }

    public ImmutableArray<string> Containers { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<string> Images { get; init => field = value.IsDefault ? [] : value; } = [];

    public required CoverageCounts Coverage { get; init; }

    public string? Exposure { get; init; }

    public ImmutableArray<string> ExposurePath { get; init => field = value.IsDefault ? [] : value; } = [];

    public string? ExposureAtMost { get; init; }

    public ImmutableArray<string> ExposureUncertain { get; init => field = value.IsDefault ? [] : value; } = [];

    public string? Impact { get; init; }

    public string? ImpactFrom { get; init; }

    public ImmutableArray<string> Privileges { get; init => field = value.IsDefault ? [] : value; } = [];

    public string? Priority { get; init; }

    public PriorityCounts? Priorities { get; init; }

    public string? Generation { get; init; }

    /// <summary>When the newest record of that generation was changed; null where that is not known.</summary>
    public DateTimeOffset? NewestRecord { get; init; }

    /// <summary>How much of the images that were read was checked; null where none was read.</summary>
    public CheckedReport? Checked { get; init; }

    /// <summary>Null where nothing was checked: numbers that are not known are not zeros.</summary>
    public FindingCounts? Counts { get; init; }

    public ImmutableArray<string> Findings { get; init => field = value.IsDefault ? [] : value; } = [];

    public int Cut { get; init; }

    public int Accepted { get; init; }

    public ImmutableArray<string> Lifecycle { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<string> Violations { get; init => field = value.IsDefault ? [] : value; } = [];
}
