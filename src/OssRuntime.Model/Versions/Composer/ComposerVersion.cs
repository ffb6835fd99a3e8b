namespace OssRuntime.Model.Versions.Composer;

/// <summary>Brings a version into Composer's normal form, <c>1.2.3.0-beta1</c> or <c>dev-name</c> (Composer, VersionParser).</summary>
internal static class ComposerVersion
{
    /// <summary>How long the normal form of a version of this length is at most.</summary>
    internal static int MostCharacters(int length) => length + 64;

    /// <summary>Writes the normal form; false where the text is no version.</summary>
    internal static bool TryNormalize(ReadOnlySpan<char> version, ref ComposerBuffer normal)
    {
        var text = WithoutStability(WithoutAlias(version.Trim()));
        if (text is "master" or "trunk" or "default")
        {
            normal.Append("dev-");
            normal.Append(text);
            return true;
        }

        if (ComposerText.TakeIgnoringCase(ref text, "dev-"))
        {
            normal.Append("dev-");
            normal.Append(text);
            return true;
        }

        text = WithoutBuild(text);
        return TryNormalizeNumbers(text, ref normal) || TryNormalizeDate(text, ref normal) || TryNormalizeBranch(text, ref normal);
    }

    /// <summary><c>1.0 as 2.0</c> is 1.0.</summary>
    private static ReadOnlySpan<char> WithoutAlias(ReadOnlySpan<char> text)
    {
        var space = text.IndexOf(' ');
        if (space <= 0)
        {
            return text;
        }

        var alias = text[space..].TrimStart(' ');
        var name = alias.StartsWith("as ") ? alias[3..].TrimStart(' ') : default;
        return !name.IsEmpty && IsWord(name) && IsWord(text[..space]) ? text[..space] : text;
    }

    private static bool IsWord(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (c == ',' || char.IsWhiteSpace(c))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Drops <c>@beta</c> and its like.</summary>
    private static ReadOnlySpan<char> WithoutStability(ReadOnlySpan<char> text)
    {
        var at = text.LastIndexOf('@');
        if (at < 0)
        {
            return text;
        }

        var flag = text[(at + 1)..];
        foreach (var stability in (ReadOnlySpan<string>)["stable", "rc", "beta", "alpha", "dev"])
        {
            if (flag.Equals(stability, StringComparison.OrdinalIgnoreCase))
            {
                return text[..at];
            }
        }

        return text;
    }

    private static ReadOnlySpan<char> WithoutBuild(ReadOnlySpan<char> text)
    {
        var plus = text.IndexOf('+');
        if (plus <= 0 || plus == text.Length - 1 || !IsWord(text[..plus]))
        {
            return text;
        }

        foreach (var c in text[plus..])
        {
            if (char.IsWhiteSpace(c))
            {
                return text;
            }
        }

        return text[..plus];
    }

    private static bool TryNormalizeNumbers(ReadOnlySpan<char> text, ref ComposerBuffer normal)
    {
        var rest = text;
        _ = ComposerText.TakeIgnoringCase(ref rest, "v");
        var numbers = rest;
        var length = DigitRun.Length(rest);
        if (length is 0 or > 5)
        {
            return false;
        }

        var count = 1;
        while (count < 4 && length + 1 < rest.Length && rest[length] == '.' && char.IsAsciiDigit(rest[length + 1]))
        {
            length += 1 + DigitRun.Length(rest[(length + 1)..]);
            count++;
        }

        if (!ComposerText.TryTakeModifier(rest[length..], out var stability, out var number, out var isDev))
        {
            return false;
        }

        normal.Append(numbers[..length]);
        for (; count < 4; count++)
        {
            normal.Append(".0");
        }

        AppendModifier(ref normal, stability, number, isDev);
        return true;
    }

    private static bool TryNormalizeDate(ReadOnlySpan<char> text, ref ComposerBuffer normal)
    {
        var rest = text;
        _ = ComposerText.TakeIgnoringCase(ref rest, "v");
        var length = ComposerDate.Length(rest);
        if (length == 0 || !ComposerText.TryTakeModifier(rest[length..], out var stability, out var number, out var isDev))
        {
            return false;
        }

        normal.AppendDotted(rest[..length]);
        AppendModifier(ref normal, stability, number, isDev);
        return true;
    }

    private static void AppendModifier(ref ComposerBuffer normal, string stability, ReadOnlySpan<char> number, bool isDev)
    {
        if (stability == "stable")
        {
            return;
        }

        if (stability.Length > 0)
        {
            normal.Append("-");
            normal.Append(stability);
            normal.Append(number);
        }

        if (isDev)
        {
            normal.Append("-dev");
        }
    }

    /// <summary><c>1.x-dev</c> comes after every version that begins with 1.</summary>
    private static bool TryNormalizeBranch(ReadOnlySpan<char> text, ref ComposerBuffer normal)
    {
        if (!text.EndsWith("dev", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var rest = text[..^3];
        rest = !rest.IsEmpty && rest[^1] is '.' or '-' ? rest[..^1] : rest;
        rest = rest.Trim();
        _ = ComposerText.TakeIgnoringCase(ref rest, "v");
        if (DigitRun.Length(rest) == 0)
        {
            return false;
        }

        var parts = 0;
        foreach (var range in rest.Split('.'))
        {
            var part = rest[range];
            var isWild = part is "x" or "X" or "*";
            if (++parts > 4 || (!DigitRun.IsNumber(part) && (!isWild || parts == 1)))
            {
                return false;
            }
        }

        foreach (var range in rest.Split('.'))
        {
            var part = rest[range];
            normal.Append(normal.Text.IsEmpty ? "" : ".");
            normal.Append(DigitRun.IsNumber(part) ? part : "9999999");
        }

        for (; parts < 4; parts++)
        {
            normal.Append(".9999999");
        }

        normal.Append("-dev");
        return true;
    }
}
