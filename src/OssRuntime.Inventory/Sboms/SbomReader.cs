using System.Text;
using OssRuntime.Inventory.Sboms.CycloneDx;
using OssRuntime.Inventory.Sboms.Reading;
using OssRuntime.Inventory.Sboms.Spdx;

namespace OssRuntime.Inventory.Sboms;

/// <summary>
/// Reads SBOMs of every format, told apart by what they hold and not by what they are called. The document streams through; what is kept is bounded
/// by <see cref="SbomLimits"/>. Whatever is wrong with it becomes an unknown, and what was read before stays.
/// </summary>
public static class SbomReader
{
    /// <summary>Reads a document.</summary>
    /// <param name="stream">Its bytes, in UTF-8, or in UTF-16 with a byte order mark; not closed here.</param>
    /// <param name="name">What it is called: it stands as the location of components whose file the SBOM does not tell.</param>
    /// <param name="limits">How much it may ask for.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static SbomDocument Read(Stream stream, string name, SbomLimits limits, CancellationToken cancellation)
    {
        var draft = new SbomDraft(DraftText.Printable(name, 1000), limits);
        try
        {
            var document = new BoundedStream(Utf16Document.AsUtf8(stream), limits.DocumentBytes);
            var start = document.Head.TrimStart(" \t\r\n"u8);
            if (start.StartsWith("{"u8))
            {
                ReadJson(document, draft, cancellation);
            }
            else if (start.StartsWith("<"u8))
            {
                CycloneDxXml.Read(document, draft, cancellation);
            }
            else if (start.IndexOf("SPDXVersion:"u8) >= 0)
            {
                draft.Is(SbomFormat.SpdxTagValue);
                using var text = new StreamReader(document, Encoding.UTF8, false, -1, leaveOpen: true);
                new SpdxTagValue(draft).Read(new TextLines(text, DraftText.Longest * 8, cancellation));
            }
        }
        catch (SbomBrokenException e)
        {
            draft.Break(e.Message);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            draft.Break($"it could not be read on: {e.Message}");
        }

        return draft.Finish();
    }

    private static void ReadJson(BoundedStream document, SbomDraft draft, CancellationToken cancellation)
    {
        using var json = new JsonTokens(document, draft.Limits.ValueBytes, cancellation);
        json.Begin();
        new JsonSbom(json, draft).Read();
        if (json.Read())
        {
            throw new SbomBrokenException("something follows the document's end");
        }
    }
}
