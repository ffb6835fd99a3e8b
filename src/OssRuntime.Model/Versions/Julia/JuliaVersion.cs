namespace OssRuntime.Model.Versions.Julia;

/// <summary>
/// The parts of a Julia version (Julia manual, "Version Number Literals"): one to three numbers, a pre-release that needs no hyphen where it begins with a
/// letter and may be a hyphen alone, and build metadata that may be a plus sign alone.
/// </summary>
internal ref struct JuliaVersion
{
    private ReadOnlySpan<char> _numbers;

    internal JuliaVersion(ReadOnlySpan<char> text)
    {
        var rest = !text.IsEmpty && text[0] is 'v' or 'V' ? text[1..] : text;
        var length = NumbersLength(rest);
        _numbers = rest[..length];
        rest = rest[length..];
        var plus = rest.IndexOf('+');
        HasBuild = plus >= 0;
        Build = HasBuild ? rest[(plus + 1)..] : default;
        PreRelease = HasBuild ? rest[..plus] : rest;
        HasPreRelease = !PreRelease.IsEmpty;
        var isHyphenated = HasPreRelease && PreRelease[0] == '-';
        var startsWell = !HasPreRelease || isHyphenated || char.IsAsciiLetter(PreRelease[0]);
        PreRelease = isHyphenated ? PreRelease[1..] : PreRelease;

        // An empty pre-release or an empty build is written as its sign alone, at the end.
        var emptyPreRelease = isHyphenated && PreRelease.IsEmpty;
        IsValid = length > 0 && startsWell && !(emptyPreRelease && HasBuild)
            && (PreRelease.IsEmpty || AreIdentifiers(PreRelease)) && (Build.IsEmpty || AreIdentifiers(Build));
    }

    /// <summary>False where the text is no version.</summary>
    internal bool IsValid { get; }

    /// <summary>True for a pre-release, the empty one included.</summary>
    internal bool HasPreRelease { get; }

    internal ReadOnlySpan<char> PreRelease { get; }

    /// <summary>True for a version with build metadata, the empty one included.</summary>
    internal bool HasBuild { get; }

    internal ReadOnlySpan<char> Build { get; }

    /// <summary>Takes the next number; empty, which is zero, at the end.</summary>
    internal ReadOnlySpan<char> NextNumber()
    {
        if (!_numbers.IsEmpty && _numbers[0] == '.')
        {
            _numbers = _numbers[1..];
        }

        return DigitRun.Take(ref _numbers);
    }

    private static int NumbersLength(ReadOnlySpan<char> text)
    {
        var length = DigitRun.Length(text);
        for (var i = 0; i < 2 && length > 0 && length + 1 < text.Length && text[length] == '.' && char.IsAsciiDigit(text[length + 1]); i++)
        {
            length += 1 + DigitRun.Length(text[(length + 1)..]);
        }

        return length;
    }

    private static bool AreIdentifiers(ReadOnlySpan<char> text)
    {
        var afterDot = true;
        foreach (var c in text)
        {
            if (c == '.' ? afterDot : !char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }

            afterDot = c == '.';
        }

        return !afterDot;
    }
}
