namespace OssRuntime.Model.Versions.PyPI;

/// <summary>
/// The parts of a Python version (PEP 440, "Public version identifiers" and "Normalization"; its appendix B has the pattern that this reads by hand).
/// </summary>
internal ref struct Pep440Version
{
    private ReadOnlySpan<char> _rest;

    /// <summary>Reads a version.</summary>
    internal Pep440Version(ReadOnlySpan<char> text)
    {
        _rest = text.Trim();
        if (!_rest.IsEmpty && _rest[0] is 'v' or 'V')
        {
            _rest = _rest[1..];
        }

        var bang = DigitRun.Length(_rest);
        if (bang > 0 && bang < _rest.Length && _rest[bang] == '!')
        {
            Epoch = _rest[..bang];
            _rest = _rest[(bang + 1)..];
        }

        Release = TakeRelease(ref _rest);
        ReadPreRelease();
        ReadPostRelease();
        if (TakeWord(ref _rest, "dev"))
        {
            IsDevelopment = true;
            DevelopmentNumber = TakeNumber(ref _rest);
        }

        IsValid = !Release.IsEmpty && (_rest.IsEmpty || ReadLocal());
    }

    /// <summary>False where the text is no version of PEP 440.</summary>
    internal bool IsValid { get; }

    internal ReadOnlySpan<char> Epoch { get; }

    /// <summary>The release: numbers with dots between them.</summary>
    internal ReadOnlySpan<char> Release { get; }

    /// <summary>The phase of a pre-release, <see cref="Pep440Phase.None"/> where there is none.</summary>
    internal Pep440Phase Phase { get; private set; }

    internal ReadOnlySpan<char> PhaseNumber { get; private set; }

    internal bool IsPostRelease { get; private set; }

    internal ReadOnlySpan<char> PostNumber { get; private set; }

    internal bool IsDevelopment { get; }

    internal ReadOnlySpan<char> DevelopmentNumber { get; }

    /// <summary>The local version without its plus sign; empty where there is none.</summary>
    internal ReadOnlySpan<char> Local { get; private set; }

    private static ReadOnlySpan<char> TakeRelease(scoped ref ReadOnlySpan<char> text)
    {
        var length = DigitRun.Length(text);
        while (length > 0 && length + 1 < text.Length && text[length] == '.' && char.IsAsciiDigit(text[length + 1]))
        {
            length += 1 + DigitRun.Length(text[(length + 1)..]);
        }

        var release = text[..length];
        text = text[length..];
        return release;
    }

    /// <summary>Takes a word with the separator that may stand before it.</summary>
    private static bool TakeWord(scoped ref ReadOnlySpan<char> text, string word)
    {
        var rest = IsSeparator(text) ? text[1..] : text;
        if (!rest.StartsWith(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        text = rest[word.Length..];
        return true;
    }

    /// <summary>Takes the number after a word with the separator that may stand before it; it may be missing, the separator is taken all the same.</summary>
    private static ReadOnlySpan<char> TakeNumber(scoped ref ReadOnlySpan<char> text)
    {
        if (IsSeparator(text))
        {
            text = text[1..];
        }

        return DigitRun.Take(ref text);
    }

    private static bool IsSeparator(ReadOnlySpan<char> text) => !text.IsEmpty && text[0] is '-' or '_' or '.';

    private void ReadPreRelease()
    {
        // Longer spellings first: "a" would take the front of "alpha".
        if (TakeWord(ref _rest, "alpha") || TakeWord(ref _rest, "a"))
        {
            Phase = Pep440Phase.Alpha;
        }
        else if (TakeWord(ref _rest, "beta") || TakeWord(ref _rest, "b"))
        {
            Phase = Pep440Phase.Beta;
        }
        else if (TakeWord(ref _rest, "preview") || TakeWord(ref _rest, "pre") || TakeWord(ref _rest, "c") || TakeWord(ref _rest, "rc"))
        {
            Phase = Pep440Phase.Candidate;
        }
        else
        {
            return;
        }

        PhaseNumber = TakeNumber(ref _rest);
    }

    private void ReadPostRelease()
    {
        if (_rest.Length > 1 && _rest[0] == '-' && char.IsAsciiDigit(_rest[1]))
        {
            _rest = _rest[1..];
            IsPostRelease = true;
            PostNumber = DigitRun.Take(ref _rest);
        }
        else if (TakeWord(ref _rest, "post") || TakeWord(ref _rest, "rev") || TakeWord(ref _rest, "r"))
        {
            IsPostRelease = true;
            PostNumber = TakeNumber(ref _rest);
        }
    }

    private bool ReadLocal()
    {
        if (_rest[0] != '+')
        {
            return false;
        }

        Local = _rest[1..];
        var afterSeparator = true;
        foreach (var c in Local)
        {
            var isSeparator = c is '-' or '_' or '.';
            if (isSeparator ? afterSeparator : !char.IsAsciiLetterOrDigit(c))
            {
                return false;
            }

            afterSeparator = isSeparator;
        }

        return !afterSeparator;
    }
}
