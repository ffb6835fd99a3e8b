using System.IO.Compression;

namespace OssRuntime.Inventory.Tests.Extractors;

/// <summary>Files of the extractors' testdata.</summary>
internal static class TestFile
{
    /// <summary>The bytes of a file that is kept compressed.</summary>
    public static byte[] Unzip(string name)
    {
        using var gzip = new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Extractors", "testdata", name + ".gz")), CompressionMode.Decompress);
        var content = new MemoryStream();
        gzip.CopyTo(content);
        return content.ToArray();
    }
}
