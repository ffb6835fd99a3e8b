namespace OssRuntime.Model.Versions.Programs;

/// <summary>Reads the parts of a program's version one by one; <see cref="ProgramOrder"/> says what they mean.</summary>
internal ref struct ProgramVersion
{
    private static readonly (string Word, int Rank)[] Words =
    [
        ("nightly", 0), ("snapshot", 0), ("dev", 0), ("canary", 0), ("alpha", 1), ("a", 1), ("beta", 2), ("b", 2), ("milestone", 2), ("m", 2), ("preview", 3), ("pre", 3), ("ea", 3),
        ("cr", 4), ("rc", 4), ("c", 4),
    ];

    private ReadOnlySpan<char> _rest;
    private bool _isBehindNumber;

    internal ProgramVersion(ReadOnlySpan<char> text)
    {
        _rest = text;
        Kind = ProgramPart.Number;
    }

    internal ProgramPart Kind { get; private set; }

    /// <summary>The number, or the letters.</summary>
    internal ReadOnlySpan<char> Text { get; private set; }

    /// <summary>How far the word is from the release.</summary>
    internal int Rank { get; private set; }

    internal readonly bool IsZero => Kind == ProgramPart.Number && Text.TrimStart('0').IsEmpty;

    /// <summary>Goes on to the next part.</summary>
    internal void Next()
    {
        var separated = false;
        while (!_rest.IsEmpty && !char.IsAsciiLetterOrDigit(_rest[0]))
        {
            if (_rest[0] == '!')
            {
                Kind = ProgramPart.After;
                _rest = default;
                return;
            }

            separated = true;
            _rest = _rest[1..];
        }

        if (_rest.IsEmpty)
        {
            Kind = ProgramPart.End;
            return;
        }

        if (char.IsAsciiDigit(_rest[0]))
        {
            Kind = ProgramPart.Number;
            Text = DigitRun.Take(ref _rest);
            _isBehindNumber = true;
            return;
        }

        ReadWord(separated);
    }

    private void ReadWord(bool separated)
    {
        var length = 0;
        while (length < _rest.Length && char.IsAsciiLetter(_rest[length]))
        {
            length++;
        }

        var word = _rest[..length];
        _rest = _rest[length..];
        var isBeforeNumber = !_rest.IsEmpty && (char.IsAsciiDigit(_rest[0]) || (_rest.Length > 1 && _rest[0] is '.' or '-' && char.IsAsciiDigit(_rest[1])));
        Text = word;
        if (RankOf(word) is { } rank && (word.Length > 1 || isBeforeNumber))
        {
            Kind = ProgramPart.Before;
            Rank = rank;
        }
        else if (isBeforeNumber && (word is "p" or "P" or "u" or "U" or "sp" or "SP" || word.Equals("patch", StringComparison.OrdinalIgnoreCase)))
        {
            Kind = ProgramPart.Letters;
            Text = "p";
        }
        else if (!separated && _isBehindNumber && length <= 2 && !isBeforeNumber)
        {
            Kind = ProgramPart.Letters;
        }
        else
        {
            // Who built it: nothing of what follows counts.
            Kind = ProgramPart.End;
            _rest = default;
        }
    }

    private static int? RankOf(ReadOnlySpan<char> word)
    {
        foreach (var (name, rank) in Words)
        {
            if (word.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return rank;
            }
        }

        return null;
    }
}
