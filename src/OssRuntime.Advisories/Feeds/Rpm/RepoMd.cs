using System.Text;
using System.Xml;

namespace OssRuntime.Advisories.Feeds.Rpm;

/// <summary>Reads <c>repodata/repomd.xml</c>, the table of contents of an rpm repository.</summary>
internal static class RepoMd
{
    /// <summary>Where the list of errata is, below the repository; null where there is none, or somewhere else.</summary>
    public static string? UpdateInfo(IEnumerable<string> lines)
    {
        try
        {
            using var xml = XmlReading.Open(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
            var within = false;
            while (XmlReading.Next(xml))
            {
                within = xml is { NodeType: XmlNodeType.Element, LocalName: "data" } ? xml.GetAttribute("type") == "updateinfo" : within;
                if (within && xml is { NodeType: XmlNodeType.Element, LocalName: "location" })
                {
                    return xml.GetAttribute("href") is { } place && IsBelow(place) ? place : null;
                }
            }
        }
        catch (Exception exception) when (exception is XmlException or FeedFileException)
        {
            // A broken table is one without the list.
        }

        return null;
    }

    private static bool IsBelow(string place) =>
        place.Length < 500 && place.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or '+') && !place.StartsWith('/') && !place.Split('/').Contains("..");
}
