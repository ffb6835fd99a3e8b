namespace OssRuntime.Model.Versions.RubyGems;

/// <summary>
/// The order of RubyGems (Gem::Version): segment by segment, missing ones zero, words before numbers and by code point among themselves.
/// </summary>
internal sealed class GemOrder : IVersionOrder
{
    /// <inheritdoc/>
    public string Name => "gem";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version)
    {
        if (VersionLimits.Refuse(version) is { } reason)
        {
            return reason;
        }

        var text = version.Trim();
        var hyphen = text.IndexOf('-');
        return AreSegments(hyphen < 0 ? text : text[..hyphen], first: true, allowHyphen: false)
            && (hyphen < 0 || AreSegments(text[(hyphen + 1)..], first: false, allowHyphen: true))
            ? null
            : "the version is not a number and segments of letters and digits";
    }

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var a = new GemReader(left);
        var b = new GemReader(right);
        while (true)
        {
            var x = a.Next();
            var y = b.Next();
            if (x.IsEmpty && y.IsEmpty)
            {
                return 0;
            }

            // A missing segment is a zero, which an empty number is too.
            var xIsNumber = x.IsEmpty || char.IsAsciiDigit(x[0]);
            var yIsNumber = y.IsEmpty || char.IsAsciiDigit(y[0]);
            var result = xIsNumber && yIsNumber ? DigitRun.Compare(x, y)
                : xIsNumber != yIsNumber ? xIsNumber.CompareTo(yIsNumber)
                : x.SequenceCompareTo(y);
            if (result != 0)
            {
                return result;
            }
        }
    }

    private static bool AreSegments(ReadOnlySpan<char> text, bool first, bool allowHyphen)
    {
        foreach (var range in text.Split('.'))
        {
            var segment = text[range];
            if (segment.IsEmpty || (first && !DigitRun.IsNumber(segment)))
            {
                return false;
            }

            foreach (var c in segment)
            {
                if (!char.IsAsciiLetterOrDigit(c) && !(allowHyphen && c == '-'))
                {
                    return false;
                }
            }

            first = false;
        }

        return true;
    }
}
