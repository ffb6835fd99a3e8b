namespace OssRuntime.Policy.Licenses;

/// <summary>
/// A licence expression (SPDX specification 2.3, annex D): licences joined by AND, OR and WITH, in that order of strength reversed, with parentheses.
/// A declaration that is no expression stands for one licence of that name.
/// </summary>
internal abstract record LicenseExpression
{
    private const int LongestText = 4096;
    private const int DeepestNesting = 50;

    private LicenseExpression()
    {
    }

    /// <summary>Reads a declaration.</summary>
    public static LicenseExpression Read(string text)
    {
        if (text.Length <= LongestText)
        {
            var tokens = Tokens(text);
            var at = 0;
            if (ReadOr(tokens, ref at, 0) is { } read && at == tokens.Count)
            {
                return read;
            }
        }

        return new License(LicenseName.Canonical(text.Trim()), null);
    }

    /// <summary>True where it can be satisfied with licences that are acceptable: one side of an OR is enough, both of an AND are needed.</summary>
    public bool CanDo(Func<License, bool> acceptable) => this switch
    {
        License license => acceptable(license),
        Both both => both.Left.CanDo(acceptable) && both.Right.CanDo(acceptable),
        Either either => either.Left.CanDo(acceptable) || either.Right.CanDo(acceptable),
        _ => false,
    };

    // OR binds weakest, then AND, then WITH.
    private static LicenseExpression? ReadOr(List<string> tokens, ref int at, int depth)
    {
        var left = ReadAnd(tokens, ref at, depth);
        while (left is not null && Is(tokens, at, "OR"))
        {
            at++;
            left = ReadAnd(tokens, ref at, depth) is { } right ? new Either(left, right) : null;
        }

        return left;
    }

    private static LicenseExpression? ReadAnd(List<string> tokens, ref int at, int depth)
    {
        var left = ReadOne(tokens, ref at, depth);
        while (left is not null && Is(tokens, at, "AND"))
        {
            at++;
            left = ReadOne(tokens, ref at, depth) is { } right ? new Both(left, right) : null;
        }

        return left;
    }

    private static LicenseExpression? ReadOne(List<string> tokens, ref int at, int depth)
    {
        if (at == tokens.Count || depth == DeepestNesting)
        {
            return null;
        }

        if (tokens[at] == "(")
        {
            at++;
            var inner = ReadOr(tokens, ref at, depth + 1);
            return inner is not null && at < tokens.Count && tokens[at++] == ")" ? inner : null;
        }

        if (IsWord(tokens[at]))
        {
            return null;
        }

        var name = LicenseName.Canonical(tokens[at++]);
        if (!Is(tokens, at, "WITH"))
        {
            return new License(name, null);
        }

        at++;
        return at < tokens.Count && !IsWord(tokens[at]) ? new License(name, tokens[at++]) : null;
    }

    private static bool Is(List<string> tokens, int at, string word) => at < tokens.Count && tokens[at].Equals(word, StringComparison.OrdinalIgnoreCase);

    private static bool IsWord(string token) =>
        token is "(" or ")" || token.Equals("AND", StringComparison.OrdinalIgnoreCase) || token.Equals("OR", StringComparison.OrdinalIgnoreCase)
        || token.Equals("WITH", StringComparison.OrdinalIgnoreCase);

    private static List<string> Tokens(string text) =>
        [.. text.Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal)
            .Split((char[])[' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>One licence, with the exception that eases it.</summary>
    public sealed record License(string Name, string? Exception) : LicenseExpression
    {
        /// <summary>As SPDX writes it.</summary>
        public string Text => Exception is null ? Name : $"{Name} WITH {Exception}";
    }

    private sealed record Both(LicenseExpression Left, LicenseExpression Right) : LicenseExpression;

    private sealed record Either(LicenseExpression Left, LicenseExpression Right) : LicenseExpression;
}
