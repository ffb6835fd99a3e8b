using System.Collections.Immutable;

namespace OssRuntime.Model.Advisories;

/// <summary>A range of versions as a sequence of events in the ecosystem's order (OSV schema, "affected[].ranges[]").</summary>
public sealed record AffectedRange(RangeType Type, ImmutableArray<RangeEvent> Events);
