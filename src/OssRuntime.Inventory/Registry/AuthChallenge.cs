namespace OssRuntime.Inventory.Registry;

/// <summary>One challenge of a <c>WWW-Authenticate</c> header (RFC 9110, section 11.6.1) with its parameters.</summary>
internal sealed record AuthChallenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    private const int LongestHeader = 8192;

    /// <summary>The challenges of a header's values. What is malformed ends the reading of that value.</summary>
    public static IReadOnlyList<AuthChallenge> Parse(IEnumerable<string> values)
    {
        var challenges = new List<AuthChallenge>();
        foreach (var value in values.Where(v => v.Length <= LongestHeader))
        {
            ParseValue(value, challenges);
        }

        return challenges;
    }

    private static void ParseValue(ReadOnlySpan<char> text, List<AuthChallenge> challenges)
    {
        Dictionary<string, string>? current = null;
        while (true)
        {
            text = text.TrimStart(" \t,");
            var word = TakeToken(ref text);
            if (word.IsEmpty)
            {
                return;
            }

            var rest = text.TrimStart(" \t");
            if (current is not null && rest.StartsWith("=", StringComparison.Ordinal))
            {
                text = rest[1..].TrimStart(" \t");
                current[word.ToString()] = TakeValue(ref text);
            }
            else
            {
                current = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                challenges.Add(new AuthChallenge(word.ToString(), current));
            }
        }
    }

    private static ReadOnlySpan<char> TakeToken(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(" \t,=\"");
        var token = end < 0 ? text : text[..end];
        text = end < 0 ? [] : text[end..];
        return token;
    }

    private static string TakeValue(ref ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("\"", StringComparison.Ordinal))
        {
            return TakeToken(ref text).ToString();
        }

        var value = new System.Text.StringBuilder();
        var i = 1;
        for (; i < text.Length && text[i] != '"'; i++)
        {
            i += text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
            value.Append(text[i]);
        }

        text = i < text.Length ? text[(i + 1)..] : [];
        return value.ToString();
    }
}
