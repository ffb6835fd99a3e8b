namespace OssRuntime.Model.Versions.Maven;

/// <summary>
/// The order of qualifiers: the known ones, the release itself among them, then all others by code point. Case
/// does not count.
/// </summary>
internal static class MavenQualifier
{
    private const int Release = 5;
    private const int Unknown = 7;

    /// <summary>Compares two qualifiers; a single letter may stand for a word where a digit follows it.</summary>
    internal static int Compare(ReadOnlySpan<char> left, bool leftBeforeDigit, ReadOnlySpan<char> right, bool rightBeforeDigit)
    {
        var rank = Rank(left, leftBeforeDigit);
        var result = rank - Rank(right, rightBeforeDigit);
        return result != 0 || rank != Unknown ? result : CompareLowered(left, right);
    }

    /// <summary>Compares a qualifier with having none.</summary>
    internal static int CompareWithRelease(ReadOnlySpan<char> qualifier, bool beforeDigit) => Rank(qualifier, beforeDigit) - Release;

    private static int Rank(ReadOnlySpan<char> qualifier, bool beforeDigit)
    {
        if (beforeDigit && qualifier.Length == 1)
        {
            switch (qualifier[0])
            {
                case 'a' or 'A':
                    return 0;
                case 'b' or 'B':
                    return 1;
                case 'm' or 'M':
                    return 2;
            }
        }

        return Is(qualifier, "alpha") ? 0
            : Is(qualifier, "beta") ? 1
            : Is(qualifier, "milestone") ? 2
            : Is(qualifier, "rc") || Is(qualifier, "cr") ? 3
            : Is(qualifier, "snapshot") ? 4
            : qualifier.IsEmpty || Is(qualifier, "ga") || Is(qualifier, "final") || Is(qualifier, "release") ? Release
            : Is(qualifier, "sp") ? 6
            : Unknown;
    }

    private static bool Is(ReadOnlySpan<char> qualifier, string word) => qualifier.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static int CompareLowered(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            var result = char.ToLowerInvariant(left[i]) - char.ToLowerInvariant(right[i]);
            if (result != 0)
            {
                return result;
            }
        }

        return left.Length - right.Length;
    }
}
