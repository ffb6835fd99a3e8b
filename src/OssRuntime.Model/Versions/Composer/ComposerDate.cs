namespace OssRuntime.Model.Versions.Composer;

/// <summary>
/// Dates and times as versions: four digits, then one to six times two digits, then up to three digits, each with <c>.</c>, <c>:</c> or <c>-</c> before it
/// or nothing.
/// </summary>
internal static class ComposerDate
{
    private const int MostPairs = 6;

    /// <summary>The length of the date that the text begins with, or zero.</summary>
    internal static int Length(ReadOnlySpan<char> text)
    {
        var run = DigitRun.Length(text);
        if (run < 4)
        {
            return 0;
        }

        var length = run;
        run -= 4;
        var pairs = 0;
        while (length + 1 < text.Length && text[length] is '.' or ':' or '-' && char.IsAsciiDigit(text[length + 1]))
        {
            if (run % 2 != 0)
            {
                return 0;
            }

            pairs += run / 2;
            run = DigitRun.Length(text[(length + 1)..]);
            length += 1 + run;
        }

        return IsSplit(pairs, run) ? length : 0;
    }

    /// <summary>True where the last run is pairs and at most three digits more.</summary>
    private static bool IsSplit(int pairs, int run)
    {
        for (var last = 0; last <= Math.Min(3, run); last++)
        {
            var all = pairs + ((run - last) / 2);
            if ((run - last) % 2 == 0 && all is >= 1 and <= MostPairs)
            {
                return true;
            }
        }

        return false;
    }
}
