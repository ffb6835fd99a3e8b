using System.Text;

namespace OssRuntime.Cli.Output.Markdown;

/// <summary>A page that never gets longer than a comment may be. What does not fit is left out and counted.</summary>
internal sealed class MarkdownPage
{
    /// <summary>Characters of a comment (GitHub's limit; GitLab's is a million).</summary>
    public const int Limit = 65_536;

    // Enough for the sentence on what was left out, and for what closes a section.
    private const int Reserve = 512;

    private readonly StringBuilder _text = new();

    /// <summary>How many characters the page has.</summary>
    public int Length => _text.Length;

    /// <summary>A line that is always there.</summary>
    public void Line(string line = "") => _text.Append(line).Append('\n');

    /// <summary>Lines as far as there is room for.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="upTo">The length that the page may have at the end of them.</param>
    /// <returns>How many had no room.</returns>
    public int Lines(IReadOnlyList<string> lines, int upTo)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (_text.Length + lines[i].Length + 1 > Math.Min(upTo, Limit) - Reserve)
            {
                return lines.Count - i;
            }

            Line(lines[i]);
        }

        return 0;
    }

    public override string ToString() => _text.ToString();
}
