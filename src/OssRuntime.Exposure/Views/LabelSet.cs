using System.Collections.Immutable;

namespace OssRuntime.Exposure.Views;

/// <summary>The labels of an object: few, so that a search from the front is the fastest.</summary>
internal sealed class LabelSet(ImmutableArray<KeyValuePair<string, string>> pairs) : IEquatable<LabelSet>
{
    public static readonly LabelSet Empty = new([]);

    public ImmutableArray<KeyValuePair<string, string>> Pairs { get; } = pairs;

    public static LabelSet Of(IReadOnlyDictionary<string, string>? labels) => labels is not { Count: > 0 } ? Empty : new LabelSet([.. labels]);

    public string? Find(string key)
    {
        foreach (var pair in Pairs)
        {
            if (pair.Key == key)
            {
                return pair.Value;
            }
        }

        return null;
    }

    /// <summary>True for the same labels in the same order; a server writes them sorted.</summary>
    public bool Equals(LabelSet? other) => other is not null && Pairs.SequenceEqual(other.Pairs);

    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    public override int GetHashCode() => Pairs.Aggregate(0, static (hash, pair) => HashCode.Combine(hash, pair.Key, pair.Value));
}
