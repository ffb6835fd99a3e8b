using System.Text;
using System.Xml;
using OssRuntime.Inventory.Sboms.Reading;

namespace OssRuntime.Inventory.Sboms.CycloneDx;

/// <summary>A component of a document in XML while it is read.</summary>
/// <param name="depth">How deep its element is.</param>
/// <param name="kind">Its <c>type</c>.</param>
internal sealed class CycloneDxXmlComponent(int depth, string? kind)
{
    private const int LongestText = 16 << 10;
    private const int DeepestField = 4;

    private readonly string[] _path = ["", "", "", ""];
    private bool _isDistribution;

    public int Depth => depth;

    public PackageDraft Package { get; } = new() { Kind = kind };

    /// <summary>True where the element that was just read is a component of this one's own list.</summary>
    public bool Lists(XmlReader xml) => xml.Depth == depth + 2 && _path[0] == "components";

    /// <summary>Takes an element below this one; its text is read with it.</summary>
    public void Take(XmlReader xml)
    {
        var below = xml.Depth - depth;
        if (below is < 1 or > DeepestField)
        {
            return;
        }

        _path[below - 1] = xml.LocalName;
        _path.AsSpan(below).Fill("");
        switch (_path)
        {
            case ["name", "", "", ""]:
                Package.Name = Text(xml);
                break;
            case ["group", "", "", ""]:
                Package.Group = Text(xml);
                break;
            case ["version", "", "", ""]:
                Package.Version = Text(xml);
                break;
            case ["purl", "", "", ""]:
                Package.Purl = Text(xml);
                break;
            case ["licenses", "expression", "", ""] or ["licenses", "license", "id" or "name", ""]:
                Package.AddLicense(Text(xml));
                break;
            case ["supplier", "name", "", ""]:
                Package.Supplier = Text(xml);
                break;
            case ["properties", "property", "", ""]:
                var name = xml.GetAttribute("name");
                DraftProperties.Take(Package, name, Text(xml));
                break;
            case ["externalReferences", "reference", "", ""]:
                _isDistribution = xml.GetAttribute("type") == "distribution";
                break;
            case ["externalReferences", "reference", "url", ""] when _isDistribution:
                Package.Origin ??= Text(xml);
                break;
            case ["evidence", "occurrences", "occurrence", "location"]:
                Package.Path ??= Text(xml);
                break;
            default:
                break;
        }
    }

    /// <summary>The text of an element, up to a bearable length; empty where it has none. The reader stands on what follows it.</summary>
    private static string Text(XmlReader xml)
    {
        if (xml.IsEmptyElement || !xml.Read())
        {
            return "";
        }

        var text = new StringBuilder();
        var buffer = new char[1024];
        while (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
        {
            int read;
            while ((read = xml.ReadValueChunk(buffer, 0, buffer.Length)) > 0)
            {
                text.Append(buffer, 0, Math.Min(read, LongestText - text.Length));
            }

            if (!xml.Read())
            {
                break;
            }
        }

        return text.ToString().Trim();
    }
}
