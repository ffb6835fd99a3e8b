namespace OssRuntime.Model.Versions.Cran;

/// <summary>
/// The order of R packages (R, <c>compareVersion</c>): at least two numbers with dots or hyphens between them, compared one by one; fewer come before
/// more.
/// </summary>
internal sealed class CranOrder : IVersionOrder
{
    /// <inheritdoc/>
    public string Name => "cran";

    /// <inheritdoc/>
    public string? Refuse(ReadOnlySpan<char> version)
    {
        if (VersionLimits.Refuse(version) is { } reason)
        {
            return reason;
        }

        var afterSeparator = true;
        foreach (var c in version)
        {
            var isSeparator = c is '.' or '-';
            if (isSeparator ? afterSeparator : !char.IsAsciiDigit(c))
            {
                return "the version is not numbers with dots or hyphens between them";
            }

            afterSeparator = isSeparator;
        }

        return afterSeparator || DigitRun.IsNumber(version) ? "the version is not at least two numbers" : null;
    }

    /// <inheritdoc/>
    public int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right) => NumberList.Compare(left, right);
}
