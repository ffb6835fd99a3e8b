using OssRuntime.Model.Collections;
using OssRuntime.Model.Packages;

namespace OssRuntime.Model.Advisories;

/// <summary>
/// One package of an advisory. A version is affected where it is in <paramref name="Versions"/> or within one of
/// <paramref name="Ranges"/> (OSV schema, "affected[]", evaluation algorithm).
/// </summary>
public sealed record AffectedPackage(
    Ecosystem Ecosystem, string Name, EquatableArray<AffectedRange> Ranges, EquatableArray<string> Versions, EquatableArray<string> Vectors)
{
    /// <summary>What the publisher does about it.</summary>
    public FixState State { get; init; }
}
