namespace OssRuntime.Model.Versions.Composer;

/// <summary>
/// PHP's <c>version_compare</c>: runs of digits and of letters, everything else separating them; letters come by their stability, below a number where
/// they say that the version is not ready, above it for a patch.
/// </summary>
internal static class PhpVersion
{
    private const int Number = 4;

    internal static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (true)
        {
            var a = Take(ref left);
            var b = Take(ref right);
            if (a.IsEmpty && b.IsEmpty)
            {
                return 0;
            }

            var result = a.IsEmpty ? -CompareWithEnd(b)
                : b.IsEmpty ? CompareWithEnd(a)
                : char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0]) ? DigitRun.Compare(a, b)
                : Rank(a) - Rank(b);
            if (result != 0)
            {
                return result;
            }
        }
    }

    /// <summary>A further number is newer; further letters are compared with a number.</summary>
    private static int CompareWithEnd(ReadOnlySpan<char> part) => char.IsAsciiDigit(part[0]) ? 1 : Rank(part) - Number;

    private static int Rank(ReadOnlySpan<char> part)
    {
        if (char.IsAsciiDigit(part[0]))
        {
            return Number;
        }

        return part.StartsWith("dev") ? 0
            : part.StartsWith("a") ? 1
            : part.StartsWith("b") ? 2
            : part.StartsWith("RC") || part.StartsWith("rc") ? 3
            : part.StartsWith("p") ? 5
            : -1;
    }

    private static ReadOnlySpan<char> Take(scoped ref ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && !char.IsAsciiLetterOrDigit(text[0]))
        {
            text = text[1..];
        }

        var length = DigitRun.Length(text);
        if (length == 0)
        {
            while (length < text.Length && char.IsAsciiLetter(text[length]))
            {
                length++;
            }
        }

        var part = text[..length];
        text = text[length..];
        return part;
    }
}
