namespace OssRuntime.Model.Versions;

/// <summary>Versions that are lists of numbers: compared one by one, fewer before more. Everything that is no digit separates.</summary>
internal static class NumberList
{
    internal static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (true)
        {
            SkipSeparators(ref left);
            SkipSeparators(ref right);
            if (left.IsEmpty || right.IsEmpty)
            {
                return right.IsEmpty.CompareTo(left.IsEmpty);
            }

            var result = DigitRun.Compare(DigitRun.Take(ref left), DigitRun.Take(ref right));
            if (result != 0)
            {
                return result;
            }
        }
    }

    private static void SkipSeparators(scoped ref ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && !char.IsAsciiDigit(text[0]))
        {
            text = text[1..];
        }
    }
}
