using System.Collections.Immutable;

namespace OssRuntime.Operator.Resources;

/// <summary>The status subresource of our objects.</summary>
internal sealed record ResourceStatus
{
    public long? ObservedGeneration { get; init; }

    public ImmutableArray<Condition> Conditions { get; init; } = [];

    /// <summary>The hash of the status as it was last written.</summary>
    public string? ContentHash { get; init; }

    /// <summary>For images: since when no pod runs it.</summary>
    public DateTimeOffset? UnusedSince { get; init; }
}
