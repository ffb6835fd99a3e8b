namespace OssRuntime.Model.Versions.Apk;

/// <summary>
/// The order of Alpine, Wolfi, Chainguard and other users of apk, as apk-tools 3 has it: numbers after the first are compared as text where one of
/// them has a leading zero, and a version is older than the same with more parts unless what follows is a pre-release suffix.
/// </summary>
internal sealed class ApkOrder : IVersionOrder
{
    /// <inheritdoc/>
    public string Name => "apk";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version)
    {
        if (VersionLimits.Refuse(version) is { } reason)
        {
            return reason;
        }

        var reader = new ApkReader(version);
        while (reader.Token < ApkToken.End)
        {
            reader.Next();
        }

        return reader.Token == ApkToken.End ? null : "the version is not digits{.digits}[letter]{_suffix[number]}[~hash][-r number]";
    }

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var a = new ApkReader(left);
        var b = new ApkReader(right);
        while (a.Token == b.Token && a.Token < ApkToken.End)
        {
            var result = CompareParts(a, b);
            if (result != 0)
            {
                return result;
            }

            a.Next();
            b.Next();
        }

        if (a.IsPreRelease != b.IsPreRelease)
        {
            return a.IsPreRelease ? -1 : 1;
        }

        return (int)b.Token - (int)a.Token;
    }

    private static int CompareParts(ApkReader a, ApkReader b) => a.Token switch
    {
        ApkToken.Digits when a.Value[0] == '0' || b.Value[0] == '0' => a.Value.SequenceCompareTo(b.Value),
        ApkToken.InitialDigits or ApkToken.Digits or ApkToken.SuffixNumber or ApkToken.Revision => DigitRun.Compare(a.Value, b.Value),
        ApkToken.Suffix => a.Suffix.CompareTo(b.Suffix),
        _ => a.Value.SequenceCompareTo(b.Value),
    };
}
