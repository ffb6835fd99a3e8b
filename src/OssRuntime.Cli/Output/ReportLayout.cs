namespace OssRuntime.Cli.Output;

/// <summary>How text for people is laid out.</summary>
/// <param name="Width">The columns of the terminal.</param>
/// <param name="IsPiped">True where another program reads it: no padding, no folding, a tab between fields.</param>
/// <param name="IsAscii">True where the locale has no other characters (<c>LC_ALL=C</c>).</param>
/// <param name="All">True where each finding and each path is wanted.</param>
internal sealed record ReportLayout(int Width, bool IsPiped, bool IsAscii, bool All)
{
    private const int WidestFold = 200;
    private const int NarrowestFold = 40;

    // POSIX, "Internationalization Variables": the first that is set counts.
    private static readonly string[] LocaleVariables = ["LC_ALL", "LC_CTYPE", "LANG"];

    /// <summary>The columns that text is folded at.</summary>
    public int Fold => IsPiped ? int.MaxValue : Math.Clamp(Width, NarrowestFold, WidestFold);

    /// <summary>The layout for a place.</summary>
    /// <param name="width">The columns of the terminal.</param>
    /// <param name="isPiped">True for a file or a pipe.</param>
    /// <param name="all">True where each finding is wanted.</param>
    /// <param name="variable">Reads an environment variable.</param>
    public static ReportLayout Of(int width, bool isPiped, bool all, Func<string, string?> variable)
    {
        // Containers set none of them and show UTF-8.
        var locale = LocaleVariables.Select(variable).FirstOrDefault(value => !string.IsNullOrEmpty(value));
        return new ReportLayout(width, isPiped, locale is "C" or "POSIX", all);
    }
}
