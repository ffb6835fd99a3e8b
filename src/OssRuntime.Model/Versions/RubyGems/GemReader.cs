namespace OssRuntime.Model.Versions.RubyGems;

/// <summary>
/// Reads the segments of a gem's version (Gem::Version): numbers and words, a hyphen being the word <c>pre</c>. The zeros at the end of the numbers
/// before the first word, and those at the end of the whole, are left away.
/// </summary>
internal ref struct GemReader
{
    private ReadOnlySpan<char> _numbers;
    private ReadOnlySpan<char> _rest;

    internal GemReader(ReadOnlySpan<char> version)
    {
        var text = version.Trim();
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.'))
        {
            end++;
        }

        _numbers = WithoutZeros(text[..end]);
        _rest = WithoutZeros(text[end..]);
    }

    /// <summary>Takes the next segment; empty at the end.</summary>
    internal ReadOnlySpan<char> Next()
    {
        if (!_numbers.IsEmpty)
        {
            return Take(ref _numbers);
        }

        return Take(ref _rest);
    }

    private static ReadOnlySpan<char> Take(scoped ref ReadOnlySpan<char> text)
    {
        text = text.TrimStart('.');
        if (text.IsEmpty)
        {
            return default;
        }

        if (text[0] == '-')
        {
            text = text[1..];
            return "pre";
        }

        var length = DigitRun.Length(text);
        while (length < text.Length && char.IsAsciiLetter(text[length]) && !char.IsAsciiDigit(text[0]))
        {
            length++;
        }

        length = Math.Max(length, 1);
        var segment = text[..length];
        text = text[length..];
        return segment;
    }

    private static ReadOnlySpan<char> WithoutZeros(ReadOnlySpan<char> text)
    {
        while (true)
        {
            text = text.TrimEnd('.');
            var start = text.Length;
            while (start > 0 && char.IsAsciiDigit(text[start - 1]))
            {
                start--;
            }

            if (start == text.Length || !text[start..].TrimStart('0').IsEmpty)
            {
                return text;
            }

            text = text[..start];
        }
    }
}
