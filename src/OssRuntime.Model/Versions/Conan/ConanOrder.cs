using OssRuntime.Model.Versions.SemVer;

namespace OssRuntime.Model.Versions.Conan;

/// <summary>
/// The order of Conan 2: items by number, zeros at the end left away, a pre-release before its release, a build after the version without one. Items that
/// are not numbers are compared by the number they begin with and then as text: Conan's own mixture of numbers and text has no order for
/// <c>2</c>, <c>10</c> and <c>1a</c>.
/// </summary>
internal sealed class ConanOrder : IVersionOrder
{
    /// <inheritdoc/>
    public string Name => "conan";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version) => VersionLimits.Refuse(version);

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var a = new ConanVersion(left);
        var b = new ConanVersion(right);
        var result = CompareItems(a.Items, b.Items);
        if (result == 0)
        {
            result = b.IsPreRelease.CompareTo(a.IsPreRelease);
        }

        if (result == 0)
        {
            result = CompareItems(a.PreRelease, b.PreRelease);
        }

        if (result == 0)
        {
            result = a.HasBuild.CompareTo(b.HasBuild);
        }

        return result != 0 ? result : CompareItems(a.Build, b.Build);
    }

    private static int CompareItems(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = WithoutZeros(left);
        right = WithoutZeros(right);
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var result = NaturalText.Compare(SemVerPrecedence.TakeIdentifier(ref left), SemVerPrecedence.TakeIdentifier(ref right));
            if (result != 0)
            {
                return result;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static ReadOnlySpan<char> WithoutZeros(ReadOnlySpan<char> items)
    {
        while (true)
        {
            var dot = items.LastIndexOf('.');
            var last = items[(dot + 1)..];
            if (last.IsEmpty || !last.TrimStart('0').IsEmpty)
            {
                return items;
            }

            items = dot < 0 ? default : items[..dot];
        }
    }
}
