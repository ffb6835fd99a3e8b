using System.Collections.Immutable;
using OssRuntime.Model.Findings;

namespace OssRuntime.Advisories.Vex;

/// <summary>What an author says about a flaw in products.</summary>
public sealed record VexStatement
{
    /// <summary>The ids of the flaw.</summary>
    public required ImmutableArray<string> Flaws { get; init; }

    /// <summary>The products.</summary>
    public required ImmutableArray<VexProduct> Products { get; init; }

    /// <summary>The status.</summary>
    public required FindingStatus Status { get; init; }

    /// <summary>Why they are not affected, in VEX words, or null.</summary>
    public string? Justification { get; init; }

    /// <summary>The author's own words, or null.</summary>
    public string? Text { get; init; }

    /// <summary>When it was made, or null.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The document it is from.</summary>
    public required string Source { get; init; }
}
