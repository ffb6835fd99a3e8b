namespace OssRuntime.Model.Versions.Hackage;

/// <summary>
/// The order of Haskell packages and of GHC (Haskell Package Versioning Policy; Cabal's <c>Version</c>): numbers with dots between them, without leading
/// zeros and of at most nine digits, compared one by one; fewer come before more.
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

        foreach (var range in version.Split('.'))
        {
            var number = version[range];
            if (!DigitRun.IsNumber(number) || number.Length > MostDigits || (number.Length > 1 && number[0] == '0'))
            {
                return "the version is not numbers of up to nine digits without leading zeros, dots between them";
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => NumberList.Compare(left, right);
}
