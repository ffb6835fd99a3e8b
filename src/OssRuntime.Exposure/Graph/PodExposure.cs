using System.Collections.Immutable;
using OssRuntime.Policy.Priorities;

namespace OssRuntime.Exposure.Graph;

/// <summary>How far a pod can be reached, and the path that proves it.</summary>
/// <param name="Level">The level.</param>
/// <param name="Path">The steps, from outside in.</param>
public sealed record PodExposure(ExposureLevel Level, ImmutableArray<string> Path)
{
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
    public bool Equals(PodExposure? other) => other is not null && Level == other.Level && Path.AsSpan().SequenceEqual(other.Path.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Level, Path.Length, Path.IsEmpty ? null : Path[0]);

    /// <inheritdoc/>
    public override string ToString() => $"{Level}: {string.Join(" → ", Path)}";

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
