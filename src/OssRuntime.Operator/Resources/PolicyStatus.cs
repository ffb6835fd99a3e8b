using System.Collections.Immutable;

namespace OssRuntime.Operator.Resources;

/// <summary>The status subresource of policies.</summary>
internal sealed record PolicyStatus
{
    public long? ObservedGeneration { get; init; }

    /// <summary>The hash of the status as it was last written.</summary>
    public string? ContentHash { get; init; }

    /// <summary>
    /// The spec that is in force, as JSON. It is read only where the spec that is stored cannot be: so a slip of the hand opens no door after a restart either.
    /// Absent where it is too long to be kept twice.
    /// </summary>
    public string? LastGoodForm { get; init; }

    /// <summary>Proves that the operator wrote <see cref="LastGoodForm"/>; it is not read otherwise.</summary>
    public string? LastGoodSeal { get; init; }

    // Somebody else may have written a status without any.
    public ImmutableArray<Condition> Conditions { get; init => field = value.IsDefault ? [] : value; } = [];
}
