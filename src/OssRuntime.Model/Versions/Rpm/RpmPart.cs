namespace OssRuntime.Model.Versions.Rpm;

/// <summary>
/// A version or a release of rpm (rpm-version(7), "Version comparison"): runs of digits and of letters, everything else separates them. A tilde
/// comes before the end, a caret after it and before everything else; letters come before digits.
/// </summary>
internal static class RpmPart
{
    internal static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (true)
        {
            var rank = SkipSeparators(ref left);
            var result = rank - SkipSeparators(ref right);
            if (result != 0)
            {
                return result;
            }

            switch (rank)
            {
                case Rank.End:
                    return 0;
                case Rank.Tilde or Rank.Caret:
                    left = left[1..];
                    right = right[1..];
                    break;
                default:
                    result = rank == Rank.Digits
                        ? DigitRun.Compare(DigitRun.Take(ref left), DigitRun.Take(ref right))
                        : TakeLetters(ref left).SequenceCompareTo(TakeLetters(ref right));
                    if (result != 0)
                    {
                        return result;
                    }

                    break;
            }
        }
    }

    /// <summary>Drops separators from the front, and tells what comes then.</summary>
    private static Rank SkipSeparators(scoped ref ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && !char.IsAsciiLetterOrDigit(text[0]) && text[0] is not ('~' or '^'))
        {
            text = text[1..];
        }

        if (text.IsEmpty)
        {
            return Rank.End;
        }

        return text[0] switch
        {
            '~' => Rank.Tilde,
            '^' => Rank.Caret,
            >= '0' and <= '9' => Rank.Digits,
            _ => Rank.Letters,
        };
    }

    private static ReadOnlySpan<char> TakeLetters(scoped ref ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiLetter(text[length]))
        {
            length++;
        }

        var letters = text[..length];
        text = text[length..];
        return letters;
    }

    /// <summary>What a version goes on with, oldest first.</summary>
    private enum Rank
    {
        Tilde,
        End,
        Caret,
        Letters,
        Digits,
    }
}
