namespace OssRuntime.Model.Versions.NuGet;

/// <summary>The parts of a NuGet version: one to four numbers, then the pre-release and the metadata of Semantic Versioning.</summary>
internal ref struct NuGetVersion
{
    private const string LargestNumber = "2147483647";

    internal NuGetVersion(ReadOnlySpan<char> text)
    {
        var rest = text.Trim();
        var plus = rest.IndexOf('+');
        var build = plus < 0 ? default : rest[(plus + 1)..];
        rest = plus < 0 ? rest : rest[..plus];
        var hyphen = rest.IndexOf('-');
        PreRelease = hyphen < 0 ? default : rest[(hyphen + 1)..];
        Numbers = hyphen < 0 ? rest : rest[..hyphen];
        IsValid = AreNumbers(Numbers)
            && (hyphen < 0 || AreLabels(PreRelease, allowLeadingZeros: false))
            && (plus < 0 || AreLabels(build, allowLeadingZeros: true));
    }

    /// <summary>The numbers, dots between them.</summary>
    internal ReadOnlySpan<char> Numbers { get; }

    /// <summary>The labels of the pre-release, dots between them; empty for a release.</summary>
    internal ReadOnlySpan<char> PreRelease { get; }

    /// <summary>False where the text is no version.</summary>
    internal bool IsValid { get; }

    private static bool AreNumbers(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var range in text.Split('.'))
        {
            var number = text[range];
            if (++count > 4 || !DigitRun.IsNumber(number) || DigitRun.Compare(number, LargestNumber) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreLabels(ReadOnlySpan<char> text, bool allowLeadingZeros)
    {
        foreach (var range in text.Split('.'))
        {
            var label = text[range];
            if (label.IsEmpty || (!allowLeadingZeros && label.Length > 1 && label[0] == '0' && DigitRun.IsNumber(label)))
            {
                return false;
            }

            foreach (var c in label)
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                {
                    return false;
                }
            }
        }

        return true;
    }
}
