using System.Collections;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace OssRuntime.Model.Collections;

/// <summary>
/// An immutable array that is equal to another one with the same elements in the same order. <see cref="ImmutableArray{T}"/> is equal only to itself, so a
/// record that has one needs an equality written by hand, which a new field is easily forgotten in. The default value is an empty array.
/// </summary>
/// <typeparam name="T">What it holds, compared by its own equality.</typeparam>
[CollectionBuilder(typeof(EquatableArrayBuilder), nameof(EquatableArrayBuilder.Create))]
public readonly struct EquatableArray<T> : IEquatable<EquatableArray<T>>, IReadOnlyList<T>
{
    private readonly ImmutableArray<T> _items;

    /// <summary>Holds what an array holds, which is not copied.</summary>
    public EquatableArray(ImmutableArray<T> items) => _items = items;

    /// <summary>How many elements it has.</summary>
    public int Length => _items.IsDefault ? 0 : _items.Length;

    /// <inheritdoc/>
    int IReadOnlyCollection<T>.Count => Length;

    /// <summary>True where it has none.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>The element at a place, from zero.</summary>
    public T this[int index] => AsSpan()[index];

    /// <summary>The same elements.</summary>
    public static implicit operator EquatableArray<T>(ImmutableArray<T> items) => new(items);

    /// <inheritdoc cref="AsImmutableArray"/>
    public static implicit operator ImmutableArray<T>(EquatableArray<T> items) => items.AsImmutableArray();

    /// <summary>True where both have the same elements in the same order.</summary>
    public static bool operator ==(EquatableArray<T> left, EquatableArray<T> right) => left.Equals(right);

    /// <summary>True where an element differs.</summary>
    public static bool operator !=(EquatableArray<T> left, EquatableArray<T> right) => !left.Equals(right);

    /// <summary>The same elements, uncopied.</summary>
    public ImmutableArray<T> AsImmutableArray() => _items.IsDefault ? [] : _items;

    /// <summary>The elements where they lie.</summary>
    public ReadOnlySpan<T> AsSpan() => _items.AsSpan();

    /// <summary>Goes through the elements without allocating anything.</summary>
    public ImmutableArray<T>.Enumerator GetEnumerator() => AsImmutableArray().GetEnumerator();

    /// <inheritdoc/>
    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)AsImmutableArray()).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable)AsImmutableArray()).GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(EquatableArray<T> other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EquatableArray<T> other && Equals(other);

    /// <summary>Of the length and the elements at both ends: a record with ten thousand components is hashed as fast as one with two.</summary>
    public override int GetHashCode() => IsEmpty ? 0 : HashCode.Combine(Length, this[0], this[Length - 1]);
}
