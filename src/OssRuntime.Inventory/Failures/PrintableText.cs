namespace OssRuntime.Inventory.Failures;

/// <summary>Texts out of an image, as they can be shown in a reason.</summary>
internal static class PrintableText
{
    /// <summary>A path or a name as it is shown everywhere: the same, but for control characters (C0, DEL and C1), which a terminal would obey.</summary>
    public static string Of(string text) => text.Any(char.IsControl) ? Of(text, int.MaxValue) : text;

    /// <summary>The text, cut where it is too long, and without control characters.</summary>
    public static string Of(string text, int longest)
    {
        var shown = text.Length > longest ? $"{text[..longest]}…" : text;
        return string.Create(shown.Length, shown, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
            }
        });
    }
}
