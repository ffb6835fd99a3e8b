namespace OssRuntime.Model.Versions.Maven;

/// <summary>
/// The order of Maven 3.9 (ComparableVersion; Maven, "Version Order Specification"). Every text is a version. As Maven's own it is no total order on
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
            var result = b.Kind == MavenTokenKind.End ? CompareWithNothing(left, a)
                : a.Kind == MavenTokenKind.End ? -CompareWithNothing(right, b)
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

    private static int CompareWithNothing(ReadOnlySpan<char> version, MavenToken token) => token.Kind switch
    {
        MavenTokenKind.Number => DigitRun.Compare(token.Number(version), "0"),
        MavenTokenKind.Qualifier => MavenQualifier.CompareWithRelease(token.Qualifier(version), hasNumber: false),
        MavenTokenKind.NumberedQualifier => MavenQualifier.CompareWithRelease(token.Qualifier(version), hasNumber: true),
        _ => 0,
    };

    /// <summary>A qualifier comes before a list, a list before a number.</summary>
    private static int CompareTokens(ReadOnlySpan<char> left, MavenToken a, ReadOnlySpan<char> right, MavenToken b)
    {
        var result = Rank(a) - Rank(b);
        if (result != 0 || a.Kind == MavenTokenKind.List)
        {
            return result;
        }

        if (a.Kind == MavenTokenKind.Number)
        {
            return DigitRun.Compare(a.Number(left), b.Number(right));
        }

        var aHasNumber = a.Kind == MavenTokenKind.NumberedQualifier;
        var bHasNumber = b.Kind == MavenTokenKind.NumberedQualifier;
        result = MavenQualifier.Compare(a.Qualifier(left), aHasNumber, b.Qualifier(right), bHasNumber);
        if (result == 0)
        {
            result = aHasNumber.CompareTo(bHasNumber);
        }

        return result != 0 ? result : DigitRun.Compare(a.Number(left), b.Number(right));
    }

    private static int Rank(MavenToken token) => token.Kind switch
    {
        MavenTokenKind.Number => 2,
        MavenTokenKind.List => 1,
        _ => 0,
    };
}
