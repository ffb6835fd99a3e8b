namespace OssRuntime.Model.Versions.Maven;

/// <summary>
/// The order of Maven 3.8 (ComparableVersion), and why not of a later one: docs/decisions/0008. Every text is a version. As Maven's own it is no total order on
/// versions with several qualifiers of which one means the release (<c>1.0.final-redhat</c>).
/// </summary>
internal sealed class MavenOrder : IVersionOrder
{
    /// <inheritdoc/>
    public string Name => "maven";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version) => VersionLimits.Refuse(version);

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.Length > VersionLimits.LongestVersion || right.Length > VersionLimits.LongestVersion)
        {
            return left.SequenceCompareTo(right);
        }

        Span<MavenToken> leftTokens = stackalloc MavenToken[MavenParser.MostTokens(left.Length)];
        Span<MavenToken> rightTokens = stackalloc MavenToken[MavenParser.MostTokens(right.Length)];
        return Compare(left, MavenParser.Parse(left, leftTokens), right, MavenParser.Parse(right, rightTokens));
    }

    private static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<MavenToken> leftTokens, ReadOnlySpan<char> right, ReadOnlySpan<MavenToken> rightTokens)
    {
        var i = 0;
        var j = 0;
        while (i < leftTokens.Length || j < rightTokens.Length)
        {
            var a = i < leftTokens.Length ? leftTokens[i] : default;
            var b = j < rightTokens.Length ? rightTokens[j] : default;
            var result = b.Kind == MavenTokenKind.End ? a.CompareWithNothing(left)
                : a.Kind == MavenTokenKind.End ? -b.CompareWithNothing(right)
                : CompareTokens(left, a, right, b);
            if (result != 0)
            {
                return result;
            }

            i++;
            j++;
        }

        return 0;
    }

    /// <summary>A qualifier comes before a list, a list before a number.</summary>
    private static int CompareTokens(ReadOnlySpan<char> left, MavenToken a, ReadOnlySpan<char> right, MavenToken b)
    {
        var result = Rank(a) - Rank(b);
        return result != 0 || a.Kind == MavenTokenKind.List ? result
            : a.Kind == MavenTokenKind.Number ? DigitRun.Compare(a.Of(left), b.Of(right))
            : MavenQualifier.Compare(a.Of(left), a.Kind == MavenTokenKind.QualifierBeforeDigit, b.Of(right), b.Kind == MavenTokenKind.QualifierBeforeDigit);
    }

    private static int Rank(MavenToken token) => token.Kind switch
    {
        MavenTokenKind.Number => 2,
        MavenTokenKind.List => 1,
        _ => 0,
    };
}
