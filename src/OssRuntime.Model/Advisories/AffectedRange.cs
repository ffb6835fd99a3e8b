using System.Collections.Immutable;

namespace OssRuntime.Model.Advisories;

/// <summary>A range of versions as a sequence of events in the ecosystem's order (OSV schema, "affected[].ranges[]").</summary>
public sealed record AffectedRange(RangeType Type, ImmutableArray<RangeEvent> Events)
{
    /// <inheritdoc/>
    public bool Equals(AffectedRange? other) =>
        other is not null
        && Type == other.Type && Events.AsSpan().SequenceEqual(other.Events.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Type, Events.IsDefault ? 0 : Events.Length);
}
