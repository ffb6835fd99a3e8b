namespace OssRuntime.Cli.Output.Sarif;

/// <summary>What GitHub's code scanning takes (docs.github.com, "SARIF support for code scanning" and "SARIF results exceed one or more limits").</summary>
internal static class SarifLimits
{
    /// <summary>Results of a run; a file with more is refused.</summary>
    public const int Results = 25_000;

    /// <summary>Characters of a rule's short and full description.</summary>
    public const int Description = 1_024;

    /// <summary>Characters of a rule's name and identifier.</summary>
    public const int Name = 255;

    /// <summary>Tags of a rule.</summary>
    public const int Tags = 10;

    /// <summary>Characters of the text of a result.</summary>
    public const int Message = 1_000;

    /// <summary>The text, cut to so many characters, never inside of one.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = most - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }
}
