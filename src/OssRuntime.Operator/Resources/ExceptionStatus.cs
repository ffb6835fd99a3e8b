using System.Collections.Immutable;

namespace OssRuntime.Operator.Resources;

/// <summary>The status subresource of exceptions. Nothing is decided by it: whoever forges it deceives readers and opens no door.</summary>
internal sealed record ExceptionStatus
{
    public long? ObservedGeneration { get; init; }

    /// <summary>The hash of the status as it was last written.</summary>
    public string? ContentHash { get; init; }

    /// <summary>Who approved it.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>When that was seen.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>How many things that run now it accepts.</summary>
    public int Matches { get; init; }

    /// <summary>The last day on which it accepted anything, yyyy-MM-dd.</summary>
    public string? LastMatched { get; init; }

    // Somebody else may have written a status without any.
    public ImmutableArray<Condition> Conditions { get; init => field = value.IsDefault ? [] : value; } = [];
}
