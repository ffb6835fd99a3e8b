using OssRuntime.Model.Versions.SemVer;

namespace OssRuntime.Model.Versions.Go;

/// <summary>
/// A version of a Go module (Go modules reference, "Versions"), or of Go itself in the same shape: <c>go1.21rc2</c> is 1.21.0 with the pre-release
/// rc.2, as Go's vulnerability database writes it. Since Go 1.21 a version without a third number is the language, older than all of its releases
/// (Go toolchains reference, "Go versions"). Lists leave the "go" away: <c>1.21rc2</c> is <c>go1.21rc2</c>.
/// </summary>
internal ref struct GoVersion
{
    private const SemVerLeniency Leniency = SemVerLeniency.Prefix | SemVerLeniency.MissingNumbers;
    private const string FirstMinorWithPatch = "21";

    private ReadOnlySpan<char> _identifiers;
    private ReadOnlySpan<char> _lastIdentifier;

    internal GoVersion(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("go"))
        {
            ReadToolchain(text[2..]);
            return;
        }

        IsValid = SemVerVersion.Read(text, Leniency, out var version) is null
            && !(version.Patch.IsEmpty && (!version.PreRelease.IsEmpty || !version.Build.IsEmpty));
        Major = version.Major;
        Minor = version.Minor;
        Patch = version.Patch;
        _identifiers = version.PreRelease;
        Stage = _identifiers.IsEmpty ? GoStage.Release : GoStage.PreRelease;
        if (!IsValid && !text.IsEmpty && char.IsAsciiDigit(text[0]))
        {
            ReadToolchain(text);
            IsValid &= Stage == GoStage.PreRelease;
        }
    }

    /// <summary>False where the text is no version.</summary>
    internal bool IsValid { get; private set; }

    internal ReadOnlySpan<char> Major { get; private set; }

    internal ReadOnlySpan<char> Minor { get; private set; }

    internal ReadOnlySpan<char> Patch { get; private set; }

    internal GoStage Stage { get; private set; }

    /// <summary>Takes the next identifier of the pre-release; empty at the end.</summary>
    internal ReadOnlySpan<char> NextIdentifier()
    {
        if (!_identifiers.IsEmpty)
        {
            return SemVerPrecedence.TakeIdentifier(ref _identifiers);
        }

        var last = _lastIdentifier;
        _lastIdentifier = default;
        return last;
    }

    private void ReadToolchain(ReadOnlySpan<char> text)
    {
        // What a vendor or a setting adds does not count: go1.21.3-custom, "go1.21.3 X:nocoverageredesign".
        var end = text.IndexOfAny('-', '+', ' ');
        var rest = end < 0 ? text : text[..end];
        Major = DigitRun.Take(ref rest);
        Minor = TakeAfterDot(ref rest);
        Patch = TakeAfterDot(ref rest);
        Stage = GoStage.Release;
        if (rest.IsEmpty)
        {
            IsValid = !Major.IsEmpty;
            if (Patch.IsEmpty && DigitRun.Compare(Minor, FirstMinorWithPatch) >= 0)
            {
                Stage = GoStage.Language;
            }

            return;
        }

        var word = rest.StartsWith("alpha") ? 5 : rest.StartsWith("beta") ? 4 : rest.StartsWith("rc") ? 2 : 0;
        _identifiers = rest[..word];
        _lastIdentifier = rest[word..];
        Stage = GoStage.PreRelease;
        IsValid = !Minor.IsEmpty && Patch.IsEmpty && word > 0 && DigitRun.IsNumber(_lastIdentifier);
    }

    private static ReadOnlySpan<char> TakeAfterDot(scoped ref ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || text[0] != '.' || !char.IsAsciiDigit(text[1]))
        {
            return default;
        }

        text = text[1..];
        return DigitRun.Take(ref text);
    }
}
