namespace OssRuntime.Advisories.Feeds;

/// <summary>Reads a file that is one document, whole and bounded.</summary>
internal static class BoundedFile
{
    /// <summary>The file's bytes.</summary>
    /// <exception cref="FeedFileException">It is too large, empty, or a web page where data should be.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static byte[] Read(string path, long longest = FeedLimits.WholeFeed)
    {
        var length = new FileInfo(path).Length;
        if (length > longest)
        {
            throw new FeedFileException($"the file is larger than {longest >> 20} MiB");
        }

        var bytes = File.ReadAllBytes(path);
        if (bytes.AsSpan().TrimStart(" \t\r\n\uFEFF"u8) is [(byte)'<', ..])
        {
            throw new FeedFileException("the file is a web page, not data");
        }

        return bytes;
    }
}
