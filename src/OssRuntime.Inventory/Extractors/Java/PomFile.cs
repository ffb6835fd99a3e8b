using System.Xml;

namespace OssRuntime.Inventory.Extractors.Java;

/// <summary>What a project file states itself: the identity, with the parent's group and version where it has none of its own, and licences.</summary>
internal sealed record PomFile(MavenIdentity? Identity, IReadOnlyList<string> Licenses)
{
    private const int MostCharacters = 4 << 20;
    private const int MostLicenses = 32;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostCharacters,
        IgnoreComments = true,
        IgnoreWhitespace = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Reads a project file as far as it goes.</summary>
    /// <exception cref="XmlException">It is no XML.</exception>
    public static PomFile Parse(Stream text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var licenses = new List<string>();
        var path = new List<string>();
        using var xml = XmlReader.Create(text, Settings);
        while (xml.Read())
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element when !xml.IsEmptyElement:
                    path.Add(xml.LocalName);
                    break;
                case XmlNodeType.EndElement:
                    path.RemoveAt(path.Count - 1);
                    break;
                case XmlNodeType.Text when path is ["project", var name]:
                    values.TryAdd(name, xml.Value.Trim());
                    break;
                case XmlNodeType.Text when path is ["project", "parent", var name]:
                    values.TryAdd($"parent.{name}", xml.Value.Trim());
                    break;
                case XmlNodeType.Text when path is ["project", "licenses", "license", "name"] && licenses.Count < MostLicenses:
                    licenses.Add(xml.Value.Trim());
                    break;
                default:
                    break;
            }
        }

        return new PomFile(IdentityOf(values), licenses);
    }

    private static MavenIdentity? IdentityOf(Dictionary<string, string> values)
    {
        var group = values.GetValueOrDefault("groupId") ?? values.GetValueOrDefault("parent.groupId");
        var artifact = values.GetValueOrDefault("artifactId");
        var version = values.GetValueOrDefault("version") ?? values.GetValueOrDefault("parent.version");
        return PomProperties.IsStated(group) && PomProperties.IsStated(artifact) && PomProperties.IsStated(version)
            ? new MavenIdentity(group!, artifact!, version!)
            : null;
    }
}
