using System.Security.Cryptography;
using System.Text;
using OssRuntime.Cli.Terminal;

namespace OssRuntime.Cli.Output.Html;

/// <summary>
/// Writes HTML. What is the report's own goes through <see cref="Raw"/>, what comes from images, feeds and users through <see cref="Text"/>, which leaves nothing in it
/// that is mark-up. Should that ever fail, the page's content policy runs and loads nothing that is not its own.
/// </summary>
internal sealed class HtmlPage(TextWriter writer)
{
    private static readonly string Style = Resource("page.css");
    private static readonly string Script = Resource("page.js");

    /// <summary>The beginning of the page, up to its body.</summary>
    public void Begin(string title)
    {
        Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{HashOf(Style)}'; script-src '{HashOf(Script)}'; base-uri 'none'; form-action 'none'\">\n");
        Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>");
        Text(title);
        Raw($"</title>\n<style>{Style}</style>\n</head>\n<body>\n");
    }

    /// <summary>The end of the page.</summary>
    public void End() => Raw($"<script>{Script}</script>\n</body>\n</html>\n");

    /// <summary>Mark-up of the report itself.</summary>
    public void Raw(string markup) => writer.Write(markup);

    /// <summary>Text, from wherever it comes.</summary>
    public void Text(string text)
    {
        foreach (var c in TerminalText.Safe(text))
        {
            switch (c)
            {
                case '&':
                    writer.Write("&amp;");
                    break;
                case '<':
                    writer.Write("&lt;");
                    break;
                case '>':
                    writer.Write("&gt;");
                    break;
                case '"':
                    writer.Write("&quot;");
                    break;
                case '\'':
                    writer.Write("&#39;");
                    break;
                default:
                    writer.Write(c);
                    break;
            }
        }
    }

    /// <summary>An element with text.</summary>
    /// <param name="tag">The element, with attributes of the report's own.</param>
    /// <param name="text">What is in it.</param>
    public void Element(string tag, string text)
    {
        Raw($"<{tag}>");
        Text(text);
        var space = tag.IndexOf(' ', StringComparison.Ordinal);
        Raw($"</{(space < 0 ? tag : tag[..space])}>");
    }

    /// <summary>A link, where the address is one of the web; else the text alone.</summary>
    public void Link(string? address, string text)
    {
        if (address is null || !address.StartsWith("https://", StringComparison.Ordinal) || !Uri.IsWellFormedUriString(address, UriKind.Absolute))
        {
            Text(text);
            return;
        }

        Raw("<a rel=\"noopener noreferrer\" href=\"");
        Text(address);
        Raw("\">");
        Text(text);
        Raw("</a>");
    }

    // CSP Level 3, section 8.4: the hash of exactly what stands in the element.
    private static string HashOf(string content) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
