using OssRuntime.Model.Collections;

namespace OssRuntime.Model.Advisories;

/// <summary>A range of versions as a sequence of events in the ecosystem's order (OSV schema, "affected[].ranges[]").</summary>
public sealed record AffectedRange(RangeType Type, EquatableArray<RangeEvent> Events)
{
    /// <summary>Every version there is or will be.</summary>
    public static readonly AffectedRange Every = new(RangeType.Ecosystem, [new RangeEvent(RangeEventType.Introduced, "0")]);

    /// <summary>Every version before the one with the fix, in the ecosystem's own order.</summary>
    public static AffectedRange Before(string fix) =>
        new(RangeType.Ecosystem, [new RangeEvent(RangeEventType.Introduced, "0"), new RangeEvent(RangeEventType.Fixed, fix)]);
}
