using System.Xml;
using OssRuntime.Advisories.Feeds.Archives;

namespace OssRuntime.Advisories.Feeds;

/// <summary>Reads one packed or plain XML document of a feed from its beginning to its end or to where it breaks.</summary>
internal static class XmlFile
{
    /// <summary>Reads a file; one that breaks off is a failed file, and what came before counts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">Its path below the feed root, for the reason.</param>
    /// <param name="sink">Takes the reason.</param>
    /// <param name="read">Reads the document.</param>
    public static void Read(string path, string name, IFeedSink sink, Action<XmlReader> read)
    {
        try
        {
            using var data = PackedFile.Open(path);
            using var xml = XmlReading.Open(data);
            read(xml);
        }
        catch (Exception exception) when (PackedFile.IsDamage(exception))
        {
            sink.Fail(name, "the file is damaged or cut");
        }
        catch (XmlException exception)
        {
            sink.Fail(name, $"no XML: {exception.Message}");
        }
        catch (Exception exception) when (exception is FeedFileException or IOException or UnauthorizedAccessException)
        {
            sink.Fail(name, exception.Message);
        }
    }
}
