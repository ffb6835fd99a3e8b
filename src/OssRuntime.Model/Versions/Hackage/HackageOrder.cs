namespace OssRuntime.Model.Versions.Hackage;

/// <summary>
/// The order of Haskell packages and of GHC (Haskell Package Versioning Policy; Cabal's <c>Version</c>): numbers with dots between them, without leading
/// zeros and of at most nine digits, compared one by one; fewer come before more. Tags behind them (<c>1.0-rc</c>), which Hackage has not taken for years, are
/// still read and say nothing about the order.
/// </summary>
internal sealed class HackageOrder : IVersionOrder
{
    private const int MostDigits = 9;

    /// <inheritdoc/>
    public string Name => "hackage";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version)
    {
        if (VersionLimits.Refuse(version) is { } reason)
        {
            return reason;
        }

        var numbers = Numbers(version);
        foreach (var range in numbers.Split('.'))
        {
            var number = numbers[range];
            if (!DigitRun.IsNumber(number) || number.Length > MostDigits || (number.Length > 1 && number[0] == '0'))
            {
                return "the version is not numbers of up to nine digits without leading zeros, dots between them";
            }
        }

        return AreTags(version[numbers.Length..]) ? null : "what follows the numbers of the version is not '-' and letters or digits";
    }

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => NumberList.Compare(Numbers(left), Numbers(right));

    private static ReadOnlySpan<char> Numbers(ReadOnlySpan<char> version) => version.IndexOf('-') is >= 0 and var dash ? version[..dash] : version;

    private static bool AreTags(ReadOnlySpan<char> tags)
    {
        if (tags.IsEmpty)
        {
            return true;
        }

        foreach (var range in tags[1..].Split('-'))
        {
            var tag = tags[1..][range];
            if (tag.IsEmpty)
            {
                return false;
            }

            foreach (var character in tag)
            {
                if (!char.IsLetterOrDigit(character))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
