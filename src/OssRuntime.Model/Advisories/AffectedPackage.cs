using System.Collections.Immutable;
using OssRuntime.Model.Packages;

namespace OssRuntime.Model.Advisories;

/// <summary>
/// One package of an advisory. A version is affected where it is in <paramref name="Versions"/> or within one of
/// <paramref name="Ranges"/> (OSV schema, "affected[]", evaluation algorithm).
/// </summary>
public sealed record AffectedPackage(
    Ecosystem Ecosystem, string Name, ImmutableArray<AffectedRange> Ranges, ImmutableArray<string> Versions, ImmutableArray<string> Vectors)
{
    /// <summary>What the publisher does about it.</summary>
    public FixState State { get; init; }

    /// <inheritdoc/>
    public bool Equals(AffectedPackage? other) =>
        other is not null
        && Ecosystem == other.Ecosystem && Name == other.Name && State == other.State && Ranges.AsSpan().SequenceEqual(other.Ranges.AsSpan())
        && Versions.AsSpan().SequenceEqual(other.Versions.AsSpan()) && Vectors.AsSpan().SequenceEqual(other.Vectors.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Ecosystem, Name, Ranges.IsDefault ? 0 : Ranges.Length, Versions.IsDefault ? 0 : Versions.Length);
}
