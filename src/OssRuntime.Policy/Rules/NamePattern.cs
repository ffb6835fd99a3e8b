namespace OssRuntime.Policy.Rules;

/// <summary>A text in which a star stands for any text, also none.</summary>
public static class NamePattern
{
    /// <summary>True where the pattern covers the text. The time grows with the product of their lengths at most.</summary>
    public static bool Covers(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        var (p, t, star, mark) = (0, 0, -1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, t);
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }

    /// <summary>True where one of the patterns covers the text.</summary>
    public static bool CoversAny(IEnumerable<string> patterns, string text) => patterns.Any(pattern => Covers(pattern, text));
}
