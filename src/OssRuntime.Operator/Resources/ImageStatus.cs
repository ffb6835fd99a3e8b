using System.Collections.Immutable;

namespace OssRuntime.Operator.Resources;

/// <summary>The status subresource of an ImageInventory.</summary>
internal sealed record ImageStatus
{
    public long? ObservedGeneration { get; init; }

    /// <summary>The hash of the status as it was last written.</summary>
    public string? ContentHash { get; init; }

    // Somebody else may have written a status without any.
    public ImmutableArray<Condition> Conditions { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Proves that the operator wrote the rest of it.</summary>
    public string? Seal { get; init; }

    /// <summary>Since when no pod runs the image; null while one does.</summary>
    public DateTimeOffset? UnusedSince { get; init; }
}
