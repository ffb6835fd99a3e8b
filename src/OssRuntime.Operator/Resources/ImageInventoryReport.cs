using System.Collections.Immutable;

namespace OssRuntime.Operator.Resources;

/// <summary>The inventory of an image in numbers and its findings, most pressing first, cut to a byte budget.</summary>
internal sealed record ImageInventoryReport
{
    public required string Source { get; init; }

    public bool Verified { get; init; }

    public SbomComparisonReport? Declaration { get; init; }

    public string? OperatingSystem { get; init; }

    public int Components { get; init; }

    public ImmutableArray<string> Ecosystems { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<string> Unknowns { get; init => field = value.IsDefault ? [] : value; } = [];

    public int UnknownCount { get; init; }

    public long BytesRead { get; init; }

    public int LayersRead { get; init; }

    public int LayersKnown { get; init; }

    public long Milliseconds { get; init; }

    public string? Generation { get; init; }

    /// <summary>When the newest record of that generation was changed; null where that is not known.</summary>
    public DateTimeOffset? NewestRecord { get; init; }

    /// <summary>How much of the image was checked; null where it was never matched.</summary>
    public CheckedReport? Checked { get; init; }

    /// <summary>Null where nothing was checked: numbers that are not known are not zeros.</summary>
    public FindingCounts? Counts { get; init; }

    public ImmutableArray<string> Findings { get; init => field = value.IsDefault ? [] : value; } = [];

    public int Cut { get; init; }

    public ImmutableArray<string> Lifecycle { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<string> Policies { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<string> Hits { get; init => field = value.IsDefault ? [] : value; } = [];

    public string? Fixes { get; init; }
}
