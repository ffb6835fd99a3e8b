namespace OssRuntime.Model.Versions.Composer;

/// <summary>Small steps over the text of a Composer version; case does not count.</summary>
internal static class ComposerText
{
    /// <summary>Longest first, where one begins another.</summary>
    private static readonly string[] Modifiers = ["stable", "beta", "b", "rc", "alpha", "a", "patch", "pl", "p"];

    private static readonly string[] Expanded = ["stable", "beta", "beta", "RC", "alpha", "alpha", "patch", "patch", "patch"];

    internal static bool TakeIgnoringCase(scoped ref ReadOnlySpan<char> text, string word)
    {
        if (!text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        text = text[word.Length..];
        return true;
    }

    /// <summary>
    /// Takes what may follow the numbers: <c>[._-]</c>, a stability with its numbers, <c>dev</c>. False where something else is left.
    /// </summary>
    internal static bool TryTakeModifier(ReadOnlySpan<char> text, out string stability, out ReadOnlySpan<char> number, out bool isDev)
    {
        stability = "";
        number = default;
        isDev = false;
        if (TryTakeTail(text, ref stability, ref number, ref isDev))
        {
            return true;
        }

        return !text.IsEmpty && text[0] is '.' or '_' or '-' && TryTakeTail(text[1..], ref stability, ref number, ref isDev);
    }

    private static bool TryTakeTail(ReadOnlySpan<char> text, ref string stability, ref ReadOnlySpan<char> number, ref bool isDev)
    {
        if (IsDevOrNothing(text, ref isDev))
        {
            return true;
        }

        for (var i = 0; i < Modifiers.Length; i++)
        {
            var rest = text;
            if (!TakeIgnoringCase(ref rest, Modifiers[i]))
            {
                continue;
            }

            var length = NumbersLength(rest);
            if (IsDevOrNothing(rest[length..], ref isDev))
            {
                stability = Expanded[i];
                number = rest[..length].TrimStart(".-");
                return true;
            }
        }

        return false;
    }

    private static bool IsDevOrNothing(ReadOnlySpan<char> text, ref bool isDev)
    {
        var word = !text.IsEmpty && text[0] is '.' or '-' ? text[1..] : text;
        isDev = word.Equals("dev", StringComparison.OrdinalIgnoreCase);
        return isDev || text.IsEmpty;
    }

    /// <summary>The length of numbers each of which may have a dot or a hyphen before it.</summary>
    private static int NumbersLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (true)
        {
            var separator = length < text.Length && text[length] is '.' or '-' ? 1 : 0;
            var digits = DigitRun.Length(text[(length + separator)..]);
            if (digits == 0)
            {
                return length;
            }

            length += separator + digits;
        }
    }
}
