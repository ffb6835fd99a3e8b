using System.Collections.Immutable;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>How far a pod can be reached, the path that proves it, and what may make it farther.</summary>
/// <param name="Level">The level.</param>
/// <param name="Path">The steps, from outside in.</param>
public sealed record PodExposure(ExposureLevel Level, ImmutableArray<string> Path)
{
    /// <summary>What may make it reachable from farther away, in a fixed order; empty where everything there is was understood.</summary>
    public ImmutableArray<ExposureUncertain> Uncertain { get; init; } = [];

    /// <summary>The farthest level that it may be.</summary>
    public ExposureLevel Highest => Uncertain.IsEmpty ? Level : (ExposureLevel)Math.Max((int)Level, (int)Uncertain.Max(item => item.AtMost));

    /// <summary>The one that counts sorts first: the farthest level, then the shortest path, then by text, so that every replica shows the same.</summary>
    internal int OrderAgainst(PodExposure other)
    {
        if (other.Level != Level)
        {
            return other.Level.CompareTo(Level);
        }

        return Path.Length != other.Path.Length ? Path.Length.CompareTo(other.Path.Length) : CompareText(other);
    }

    /// <inheritdoc/>
    public bool Equals(PodExposure? other) =>
        other is not null && Level == other.Level && Path.AsSpan().SequenceEqual(other.Path.AsSpan()) && Uncertain.AsSpan().SequenceEqual(other.Uncertain.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Level, Path.Length, Path.IsEmpty ? null : Path[0], Uncertain.Length);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Level}: {string.Join(" → ", Path)}" + (Uncertain.IsEmpty ? "" : $" | may be {Highest}: {string.Join("; ", Uncertain.Select(item => item.Text))}");

    private int CompareText(PodExposure other)
    {
        for (var i = 0; i < Path.Length; i++)
        {
            if (string.CompareOrdinal(Path[i], other.Path[i]) is not 0 and var order)
            {
                return order;
            }
        }

        return 0;
    }
}
