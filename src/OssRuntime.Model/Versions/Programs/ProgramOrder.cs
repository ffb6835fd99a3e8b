namespace OssRuntime.Model.Versions.Programs;

/// <summary>
/// How programs that no package manager knows number their versions, and CPE names and CVE records write them. Numbers are compared as numbers, and one that is
/// missing is zero. Letters right behind a number that end it are a later release (OpenSSL's <c>1.1.1a</c>, <c>1.1.1z</c>, <c>1.1.1za</c>), and so are <c>p1</c>
/// and <c>u8</c>; words for what comes before a release (alpha, beta, rc, pre, dev, m1, nightly) come before it. Other words behind a hyphen or a plus sign are who
/// built it, and do not count. An exclamation mark at the end is what comes right after the version: a range that excludes its first version begins there.
/// </summary>
internal sealed class ProgramOrder : IVersionOrder
{
    /// <inheritdoc/>
    public string Name => "program";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version)
    {
        if (VersionLimits.Refuse(version) is { } reason)
        {
            return reason;
        }

        var rest = WithoutPrefix(version);
        return !rest.IsEmpty && char.IsAsciiDigit(rest[0]) ? null : "the version does not begin with a number";
    }

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var a = new ProgramVersion(WithoutPrefix(left));
        var b = new ProgramVersion(WithoutPrefix(right));
        while (true)
        {
            a.Next();
            b.Next();

            // A number against none: zeros do not count.
            while (a.IsZero && b.Kind != ProgramPart.Number)
            {
                a.Next();
            }

            while (b.IsZero && a.Kind != ProgramPart.Number)
            {
                b.Next();
            }

            var result = Compare(a, b);
            if (result != 0 || a.Kind == ProgramPart.End)
            {
                return result;
            }
        }
    }

    private static ReadOnlySpan<char> WithoutPrefix(ReadOnlySpan<char> version)
    {
        version = version.Trim();
        return version.Length > 1 && version[0] is 'v' or 'V' ? version[1..] : version;
    }

    private static int Compare(ProgramVersion a, ProgramVersion b) => a.Kind != b.Kind ? (int)a.Kind - (int)b.Kind : a.Kind switch
    {
        ProgramPart.Number => DigitRun.Compare(a.Text, b.Text),
        ProgramPart.Before => a.Rank.CompareTo(b.Rank),
        ProgramPart.Letters => a.Text.Length != b.Text.Length ? a.Text.Length.CompareTo(b.Text.Length) : a.Text.CompareTo(b.Text, StringComparison.OrdinalIgnoreCase),
        _ => 0,
    };
}
