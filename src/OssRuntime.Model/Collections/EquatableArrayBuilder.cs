using System.Collections.Immutable;

namespace OssRuntime.Model.Collections;

/// <summary>What the compiler makes collection expressions of <see cref="EquatableArray{T}"/> with.</summary>
public static class EquatableArrayBuilder
{
    /// <summary>An array of these elements.</summary>
    public static EquatableArray<T> Create<T>(ReadOnlySpan<T> items) => new(ImmutableArray.Create(items));
}
