using System.Text;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Output;

/// <summary>
/// Text from images and feeds in Markdown (GitHub Flavored Markdown 0.29, section 6.3 "Code spans"). As code nothing in it is a link, a picture, a mark-up or the
/// mention of a person; everything else is the report's own.
/// </summary>
internal static class MarkdownText
{
    /// <summary>The text as code, on one line; a cell of a table can hold it.</summary>
    public static string Code(string text)
    {
        var safe = TerminalText.Safe(text).Replace("|", "\\|", StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(safe))
        {
            return "(empty)";
        }

        var fence = new string('`', LongestRun(safe) + 1);
        var space = safe[0] is '`' or ' ' || safe[^1] is '`' or ' ' ? " " : "";
        return $"{fence}{space}{safe}{space}{fence}";
    }

    /// <summary>An advisory's id, with the page that tells more where there is one.</summary>
    public static string Link(string id) => AdvisoryAddress.Of(id) is { } address ? $"[{id.Replace("_", "\\_", StringComparison.Ordinal)}]({address})" : Code(id);

    /// <summary>Text with every character that Markdown could read anything into escaped.</summary>
    public static string Escape(string text)
    {
        var safe = TerminalText.Safe(text);
        var escaped = new StringBuilder(safe.Length);
        foreach (var c in safe)
        {
            // CommonMark 0.31, section 2.4: any ASCII punctuation character may be escaped.
            if (char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)) && c is not (',' or '.' or ';' or ':' or '\'' or '/' or '%' or '='))
            {
                escaped.Append('\\');
            }

            escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
