namespace OssRuntime.Model.Versions.PyPI;

/// <summary>
/// The order of Python packages (PEP 440). What is no such version, as some packages from before 2014 have, comes before every version and among its like
/// by setuptools' older order (<see cref="LegacyPythonVersion"/>), as pip had it until version 23. It is refused where there is no number in it: a tag.
/// </summary>
internal sealed class Pep440Order : IVersionOrder
{
    /// <inheritdoc/>
    public string Name => "pep440";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version) =>
        VersionLimits.Refuse(version)
        ?? (new Pep440Version(version).IsValid || version.ContainsAnyInRange('0', '9') ? null : "the version is not one of PEP 440 and has no number");

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var a = new Pep440Version(left);
        var b = new Pep440Version(right);
        return a.IsValid && b.IsValid ? Compare(a, b)
            : a.IsValid != b.IsValid ? a.IsValid.CompareTo(b.IsValid)
            : LegacyPythonVersion.Compare(left, right);
    }

    private static int Compare(Pep440Version a, Pep440Version b)
    {
        var result = DigitRun.Compare(a.Epoch, b.Epoch);
        if (result == 0)
        {
            result = CompareReleases(a.Release, b.Release);
        }

        if (result == 0)
        {
            result = PreReleaseRank(a).CompareTo(PreReleaseRank(b));
        }

        if (result == 0)
        {
            result = DigitRun.Compare(a.PhaseNumber, b.PhaseNumber);
        }

        if (result == 0)
        {
            result = a.IsPostRelease.CompareTo(b.IsPostRelease);
        }

        if (result == 0)
        {
            result = DigitRun.Compare(a.PostNumber, b.PostNumber);
        }

        if (result == 0)
        {
            result = b.IsDevelopment.CompareTo(a.IsDevelopment);
        }

        if (result == 0)
        {
            result = DigitRun.Compare(a.DevelopmentNumber, b.DevelopmentNumber);
        }

        return result != 0 ? result : CompareLocals(a.Local, b.Local);
    }

    /// <summary>A development release of the final release comes before its pre-releases, which come before the final and its post-releases.</summary>
    private static int PreReleaseRank(Pep440Version version)
    {
        if (version.Phase != Pep440Phase.None)
        {
            return (int)version.Phase;
        }

        return version.IsDevelopment && !version.IsPostRelease ? 0 : (int)Pep440Phase.Candidate + 1;
    }

    /// <summary>Missing numbers are zero.</summary>
    private static int CompareReleases(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (!left.IsEmpty || !right.IsEmpty)
        {
            var result = DigitRun.Compare(DigitRun.Take(ref left), DigitRun.Take(ref right));
            if (result != 0)
            {
                return result;
            }

            left = left.IsEmpty ? left : left[1..];
            right = right.IsEmpty ? right : right[1..];
        }

        return 0;
    }

    /// <summary>Segment by segment: numbers as numbers and after text, text without regard to case, fewer before more, none before any.</summary>
    private static int CompareLocals(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var a = TakeSegment(ref left);
            var b = TakeSegment(ref right);
            var aIsNumber = DigitRun.IsNumber(a);
            var bIsNumber = DigitRun.IsNumber(b);
            var result = aIsNumber && bIsNumber ? DigitRun.Compare(a, b)
                : aIsNumber != bIsNumber ? aIsNumber.CompareTo(bIsNumber)
                : CompareLowered(a, b);
            if (result != 0)
            {
                return result;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static ReadOnlySpan<char> TakeSegment(scoped ref ReadOnlySpan<char> text)
    {
        var separator = text.IndexOfAny('.', '-', '_');
        var segment = separator < 0 ? text : text[..separator];
        text = separator < 0 ? default : text[(separator + 1)..];
        return segment;
    }

    private static int CompareLowered(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        for (var i = 0; i < left.Length && i < right.Length; i++)
        {
            var result = char.ToLowerInvariant(left[i]).CompareTo(char.ToLowerInvariant(right[i]));
            if (result != 0)
            {
                return result;
            }
        }

        return left.Length.CompareTo(right.Length);
    }
}
