namespace OssRuntime.Model.Versions.SemVer;

/// <summary>The parts of a semantic version (Semantic Versioning 2.0.0, sections 2, 9 and 10). A missing number is empty, which is zero.</summary>
internal ref struct SemVerVersion
{
    internal ReadOnlySpan<char> Major { get; private set; }

    internal ReadOnlySpan<char> Minor { get; private set; }

    internal ReadOnlySpan<char> Patch { get; private set; }

    /// <summary>The pre-release without its hyphen; empty for a release.</summary>
    internal ReadOnlySpan<char> PreRelease { get; private set; }

    /// <summary>The build metadata without its plus sign.</summary>
    internal ReadOnlySpan<char> Build { get; private set; }

    /// <summary>Reads a version; null, or why it is invalid.</summary>
    internal static string? Read(ReadOnlySpan<char> text, SemVerLeniency leniency, out SemVerVersion version)
    {
        version = default;
        var whole = WithoutPrefix(text, leniency);
        var rest = whole;
        if (!TakeNumber(ref rest, leniency, out var major))
        {
            return "the version does not begin with a number without leading zeros";
        }

        version.Major = major;
        for (var i = 0; i < 2; i++)
        {
            if (rest.IsEmpty || rest[0] != '.')
            {
                if (!Allows(leniency, SemVerLeniency.MissingNumbers))
                {
                    return "the version does not have three numbers";
                }

                break;
            }

            rest = rest[1..];
            if (!TakeNumber(ref rest, leniency, out var number))
            {
                return "the version does not have three numbers without leading zeros";
            }

            if (i == 0)
            {
                version.Minor = number;
            }
            else
            {
                version.Patch = number;
            }
        }

        if (!rest.IsEmpty && rest[0] == '.' && version.Patch.Length > 1 && Allows(leniency, SemVerLeniency.NoHyphen))
        {
            // Four numbers: without the hyphen the pre-release begins with the last digit of the third, so that 1.2.10.4 is 1.2.1-0.4.
            version.Patch = version.Patch[..^1];
            rest = whole[(whole.Length - rest.Length - 1)..];
        }

        if (version.ReadTail(rest, leniency) is not { } reason)
        {
            return null;
        }

        if (!Allows(leniency, SemVerLeniency.AnyTail))
        {
            return reason;
        }

        version.PreRelease = default;
        version.Build = rest.TrimStart(".-+_");
        return null;
    }

    private static bool Allows(SemVerLeniency leniency, SemVerLeniency what) => (leniency & what) == what;

    private static ReadOnlySpan<char> WithoutPrefix(ReadOnlySpan<char> text, SemVerLeniency leniency)
    {
        if (Allows(leniency, SemVerLeniency.AnyPrefix))
        {
            text = text.Trim();
            while (!text.IsEmpty && (text[0] is 'v' or '=' || char.IsWhiteSpace(text[0])))
            {
                text = text[1..];
            }
        }
        else if (Allows(leniency, SemVerLeniency.Prefix) && !text.IsEmpty && text[0] is 'v' or 'V')
        {
            text = text[1..];
        }

        return text;
    }

    private static bool TakeNumber(scoped ref ReadOnlySpan<char> text, SemVerLeniency leniency, out ReadOnlySpan<char> number)
    {
        number = DigitRun.Take(ref text);
        return !number.IsEmpty && (number.Length == 1 || number[0] != '0' || Allows(leniency, SemVerLeniency.LeadingZeros));
    }

    private static string? CheckIdentifiers(ReadOnlySpan<char> text, bool refuseLeadingZeros)
    {
        foreach (var range in text.Split('.'))
        {
            var identifier = text[range];
            if (identifier.IsEmpty)
            {
                return "an identifier of the pre-release or the build metadata is empty";
            }

            foreach (var c in identifier)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                {
                    return "an identifier has a character other than letters, digits and hyphens";
                }
            }

            if (refuseLeadingZeros && identifier.Length > 1 && identifier[0] == '0' && DigitRun.IsNumber(identifier))
            {
                return "a number of the pre-release has a leading zero";
            }
        }

        return null;
    }

    private string? ReadTail(ReadOnlySpan<char> rest, SemVerLeniency leniency)
    {
        if (rest.IsEmpty)
        {
            return null;
        }

        var plus = rest.IndexOf('+');
        var build = plus < 0 ? default : rest[(plus + 1)..];
        var preRelease = plus < 0 ? rest : rest[..plus];
        if (!preRelease.IsEmpty)
        {
            if (preRelease[0] == '-')
            {
                // Where the hyphen may be missing, one that nothing follows is itself the identifier.
                var isIdentifier = Allows(leniency, SemVerLeniency.NoHyphen) && (preRelease.Length == 1 || preRelease[1] == '.');
                preRelease = isIdentifier ? preRelease : preRelease[1..];
            }
            else if (!Allows(leniency, SemVerLeniency.NoHyphen) || preRelease[0] == '.')
            {
                return "what follows the numbers is neither a pre-release nor build metadata";
            }

            if (CheckIdentifiers(preRelease, !Allows(leniency, SemVerLeniency.LeadingZeros)) is { } reason)
            {
                return reason;
            }
        }

        PreRelease = preRelease;
        Build = build;
        return plus < 0 ? null : CheckIdentifiers(build, refuseLeadingZeros: false);
    }
}
