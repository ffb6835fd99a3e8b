using System.Globalization;
using System.Text;
using System.Xml;

namespace OssRuntime.Advisories.Feeds;

/// <summary>Reads XML that is not to be trusted, piece by piece: no document types, no entities of its own, nothing from elsewhere, no text without end.</summary>
internal static class XmlReading
{
    private const int MostDepth = 64;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    /// <summary>Opens a document.</summary>
    public static XmlReader Open(Stream document) => XmlReader.Create(document, Settings);

    /// <summary>Goes to the next piece; false at the end.</summary>
    /// <exception cref="XmlException">It is no XML.</exception>
    /// <exception cref="FeedFileException">Its elements are nested deeper than any real one's.</exception>
    public static bool Next(XmlReader xml) =>
        xml.Read() && (xml.Depth <= MostDepth ? true : throw new FeedFileException($"the document nests deeper than {MostDepth} elements"));

    /// <summary>The depth below which the element that the reader stands on has its content; an impossible one where it is empty.</summary>
    public static int DepthOfContent(XmlReader xml) => xml.IsEmptyElement ? int.MaxValue : xml.Depth;

    /// <summary>Goes to the next piece of the content of an element with such a depth; false at its end.</summary>
    public static bool NextWithin(XmlReader xml, int depth) => depth < int.MaxValue && Next(xml) && xml.Depth > depth;

    /// <summary>The text of the element that the reader stands on, cut after so many characters; the reader stands on its end, or on it where it is empty.</summary>
    public static string Text(XmlReader xml, int longest)
    {
        if (xml.IsEmptyElement)
        {
            return "";
        }

        var depth = xml.Depth;
        var text = new StringBuilder();
        var buffer = new char[1024];
        while (Next(xml) && xml.Depth > depth)
        {
            int read;
            while (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && (read = xml.ReadValueChunk(buffer, 0, buffer.Length)) > 0)
            {
                text.Append(buffer, 0, Math.Min(read, longest - text.Length));
            }
        }

        return text.ToString().Trim();
    }

    /// <summary>An instant in an attribute: a day, or a day and a time that is UTC where it does not say otherwise. Null where it is none.</summary>
    public static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
}
