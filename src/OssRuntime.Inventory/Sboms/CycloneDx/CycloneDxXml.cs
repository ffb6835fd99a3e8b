using System.Text;
using System.Xml;
using OssRuntime.Inventory.Sboms.Reading;

namespace OssRuntime.Inventory.Sboms.CycloneDx;

/// <summary>
/// A CycloneDX document in XML (CycloneDX XML reference, 1.2 to 1.7). No document type and so no entities, nothing is fetched, and elements are
/// known by their names in any of the specification's namespaces.
/// </summary>
internal static class CycloneDxXml
{
    private const string Namespace = "http://cyclonedx.org/schema/bom/";
    private const int DeepestElement = 1000;

    /// <summary>Reads all of it.</summary>
    public static void Read(Stream document, SbomDraft draft, CancellationToken cancellation)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
            MaxCharactersInDocument = draft.Limits.DocumentBytes,
        };

        // As text, so that nothing is read in an encoding that the guard does not see through.
        using var text = new StreamReader(new XmlRunGuard(document, draft.Limits.ValueBytes), Encoding.UTF8, false, -1, leaveOpen: true);
        using var xml = XmlReader.Create(text, settings);
        try
        {
            ReadDocument(xml, draft, cancellation);
        }
        catch (XmlException e)
        {
            throw new SbomBrokenException($"it is not valid XML from line {e.LineNumber}, column {e.LinePosition} on, or has a document type", e);
        }
    }

    private static void ReadDocument(XmlReader xml, SbomDraft draft, CancellationToken cancellation)
    {
        // Components may hold components; one is handed over when it ends.
        var open = new Stack<CycloneDxXmlComponent>();
        var section = "";
        while (Advance(xml, cancellation))
        {
            while (open.TryPeek(out var ended) && xml.Depth <= ended.Depth)
            {
                draft.Add(open.Pop().Package);
            }

            if (xml.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            section = xml.Depth == 1 ? xml.LocalName : section;
            var isInner = open.TryPeek(out var inner);
            if (xml is { LocalName: "component", IsEmptyElement: false } && (isInner ? inner!.Lists(xml) : xml.Depth == 2 && section == "components"))
            {
                if (open.Count > draft.Limits.Nesting)
                {
                    throw new SbomBrokenException($"components hold components more than {draft.Limits.Nesting} deep");
                }

                open.Push(new CycloneDxXmlComponent(xml.Depth, xml.GetAttribute("type")?.ToLowerInvariant()));
            }
            else if (isInner)
            {
                inner!.Take(xml);
            }
            else if (xml is { Depth: 0, LocalName: "bom" } && xml.NamespaceURI.StartsWith(Namespace, StringComparison.Ordinal))
            {
                draft.Is(SbomFormat.CycloneDxXml);
                draft.SpecVersion = xml.NamespaceURI[Namespace.Length..];
            }
        }
    }

    private static bool Advance(XmlReader xml, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return xml.Depth <= DeepestElement ? xml.Read() : throw new SbomBrokenException($"elements are nested more than {DeepestElement} deep");
    }
}
