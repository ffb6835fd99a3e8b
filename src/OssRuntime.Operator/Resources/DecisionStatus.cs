using System.Collections.Immutable;

namespace OssRuntime.Operator.Resources;

/// <summary>The status subresource of policies and exceptions.</summary>
internal sealed record DecisionStatus
{
    public long? ObservedGeneration { get; init; }

    /// <summary>The hash of the status as it was last written.</summary>
    public string? ContentHash { get; init; }

    public ImmutableArray<Condition> Conditions { get; init; } = [];
}
