using System.Text;
using OssRuntime.Cli.Terminal;
using Spectre.Console;

namespace OssRuntime.Cli.Output;

/// <summary>Writes lines for people: safe for a terminal, folded between words, with labels in a column of their own.</summary>
internal sealed class ReportWriter(IAnsiConsole console, ReportLayout layout)
{
    private const int Margin = 2;
    private const int LabelWidth = 14;

    private static readonly Style Grey = new(Color.Grey);

    /// <summary>How the text is laid out.</summary>
    public ReportLayout Layout => layout;

    /// <summary>A line break.</summary>
    public void Break() => console.WriteLine();

    /// <summary>A line at the left edge.</summary>
    public void Title(string text)
    {
        console.Write(new Text(Printable(text), new Style(decoration: Decoration.Bold)));
        console.WriteLine();
    }

    /// <summary>A sentence.</summary>
    public void Sentence(string text, Style? style = null) => Folded("", Margin, text, style);

    /// <summary>A label and what it says.</summary>
    public void Line(string label, string text, Style? labelStyle = null, int labelWidth = LabelWidth) =>
        Folded($"{Printable(label)} ".PadRight(labelWidth), Margin, text, null, labelStyle ?? Grey);

    /// <summary>Text behind an indent; the lines that follow stand under it.</summary>
    public void Indented(int indent, string text, Style? style = null) => Folded("", indent, text, style);

    /// <summary>Parts of one line, each in a style of its own, neither folded nor changed but for what is unsafe.</summary>
    public void Parts(params ReadOnlySpan<(string Text, Style? Style)> parts)
    {
        foreach (var (text, style) in parts)
        {
            console.Write(new Text(Printable(text), style));
        }

        console.WriteLine();
    }

    /// <summary>Fields for another program, with tabs between them.</summary>
    public void Fields(params IEnumerable<string> fields) => console.Profile.Out.Writer.WriteLine(string.Join('\t', fields.Select(Printable)));

    /// <summary>The text as it may be shown here.</summary>
    public string Printable(string text)
    {
        var safe = TerminalText.Safe(text);
        if (!layout.IsAscii || Ascii.IsValid(safe))
        {
            return safe;
        }

        return string.Concat(safe.Replace("→", "->", StringComparison.Ordinal).Replace("…", "...", StringComparison.Ordinal).EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : "?"));
    }

    private void Folded(string label, int indent, string text, Style? style, Style? labelStyle = null)
    {
        var first = true;
        var hang = indent + label.Length;
        foreach (var line in Fold(Printable(text), layout.Fold - hang))
        {
            console.Write(new Text(first ? new string(' ', indent) + label : new string(' ', hang), labelStyle));
            console.Write(new Text(line, style));
            console.WriteLine();
            first = false;
        }
    }

    /// <summary>The text in lines of at most that many characters, each word whole: a longer word has a line of its own.</summary>
    internal static IEnumerable<string> Fold(string text, int width)
    {
        if (text.Length <= width)
        {
            return [text];
        }

        var lines = new List<string>();
        var line = new StringBuilder();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        lines.Add(line.ToString());
        return lines;
    }
}
