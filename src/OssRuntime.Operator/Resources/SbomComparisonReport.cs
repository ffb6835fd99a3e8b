using System.Collections.Immutable;

namespace OssRuntime.Operator.Resources;

/// <summary>The SBOM that was found with an image, and how it stands against what the image's files show.</summary>
internal sealed record SbomComparisonReport
{
    public required string Source { get; init; }

    public required string Name { get; init; }

    public required string Format { get; init; }

    public string? VerifiedBy { get; init; }

    public bool Used { get; init; }

    public bool Compared { get; init; }

    public int Components { get; init; }

    public int LeftOut { get; init; }

    public int Added { get; init; }

    public int Different { get; init; }

    public ImmutableArray<string> Differences { get; init => field = value.IsDefault ? [] : value; } = [];
}
