namespace OssRuntime.Model.Versions.Deb;

/// <summary>
/// One part of a Debian version (deb-version(7), "Sorting algorithm"): runs of non-digits and of digits by turns. In the former a tilde comes before
/// the end, the end before letters, letters before everything else.
/// </summary>
internal static class DebPart
{
    internal static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (!left.IsEmpty || !right.IsEmpty)
        {
            while ((!left.IsEmpty && !char.IsAsciiDigit(left[0])) || (!right.IsEmpty && !char.IsAsciiDigit(right[0])))
            {
                var difference = Weight(left) - Weight(right);
                if (difference != 0)
                {
                    return difference;
                }

                left = left[1..];
                right = right[1..];
            }

            var result = DigitRun.Compare(DigitRun.Take(ref left), DigitRun.Take(ref right));
            if (result != 0)
            {
                return result;
            }
        }

        return 0;
    }

    private static int Weight(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || char.IsAsciiDigit(text[0]))
        {
            return 0;
        }

        var c = text[0];
        if (c == '~')
        {
            return -1;
        }

        return char.IsAsciiLetter(c) ? c : c + 256;
    }
}
