using System.Collections.Immutable;

namespace OssRuntime.Operator.Resources;

/// <summary>The status subresource of a WorkloadReport.</summary>
internal sealed record WorkloadStatus
{
    public long? ObservedGeneration { get; init; }

    /// <summary>The hash of the status as it was last written.</summary>
    public string? ContentHash { get; init; }

    // Somebody else may have written a status without any.
    public ImmutableArray<Condition> Conditions { get; init => field = value.IsDefault ? [] : value; } = [];
}
