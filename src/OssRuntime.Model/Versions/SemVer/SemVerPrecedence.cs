namespace OssRuntime.Model.Versions.SemVer;

/// <summary>Precedence of semantic versions (Semantic Versioning 2.0.0, section 11).</summary>
internal static class SemVerPrecedence
{
    /// <summary>Compares without the build metadata.</summary>
    internal static int Compare(SemVerVersion left, SemVerVersion right)
    {
        var result = CompareNumbers(left, right);
        return result != 0 ? result : ComparePreReleases(left.PreRelease, right.PreRelease);
    }

    /// <summary>Compares the three numbers.</summary>
    internal static int CompareNumbers(SemVerVersion left, SemVerVersion right)
    {
        var result = DigitRun.Compare(left.Major, right.Major);
        if (result == 0)
        {
            result = DigitRun.Compare(left.Minor, right.Minor);
        }

        return result != 0 ? result : DigitRun.Compare(left.Patch, right.Patch);
    }

    /// <summary>Compares pre-releases; none is newest.</summary>
    internal static int ComparePreReleases(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return right.Length.CompareTo(left.Length);
        }

        return CompareIdentifiers(left, right);
    }

    /// <summary>Compares identifiers one by one: numbers as numbers and before text, text by code point, fewer before more.</summary>
    internal static int CompareIdentifiers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var a = TakeIdentifier(ref left);
            var b = TakeIdentifier(ref right);
            var aIsNumber = DigitRun.IsNumber(a);
            var bIsNumber = DigitRun.IsNumber(b);
            var result = aIsNumber && bIsNumber ? DigitRun.Compare(a, b)
                : aIsNumber != bIsNumber ? bIsNumber.CompareTo(aIsNumber)
                : a.SequenceCompareTo(b);
            if (result != 0)
            {
                return result;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    /// <summary>Takes the identifier that the text begins with, and the dot after it, off the text.</summary>
    internal static ReadOnlySpan<char> TakeIdentifier(scoped ref ReadOnlySpan<char> text)
    {
        var dot = text.IndexOf('.');
        var identifier = dot < 0 ? text : text[..dot];
        text = dot < 0 ? default : text[(dot + 1)..];
        return identifier;
    }
}
