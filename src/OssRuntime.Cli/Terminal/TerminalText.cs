namespace OssRuntime.Cli.Terminal;

/// <summary>Text from images and feeds, made safe for a terminal: control characters would let a package name write on it.</summary>
internal static class TerminalText
{
    /// <summary>The text with control characters and bidirectional marks replaced by <c>�</c>.</summary>
    public static string Safe(string text) =>
        text.Any(IsUnsafe) ? string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = IsUnsafe(source[i]) ? '\uFFFD' : source[i];
            }
        }) : text;

    private static bool IsUnsafe(char c) => char.IsControl(c) || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
