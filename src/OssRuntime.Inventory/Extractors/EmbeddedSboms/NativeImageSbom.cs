using System.IO.Compression;

namespace OssRuntime.Inventory.Extractors.EmbeddedSboms;

/// <summary>Reads the SBOM that was found in a GraalVM native image.</summary>
internal static class NativeImageSbom
{
    /// <summary>Hands over what it declares.</summary>
    /// <param name="compressed">Bytes that begin with the SBOM in gzip; what follows it is other data and is not looked at.</param>
    /// <param name="path">The program.</param>
    /// <param name="context">Takes the components.</param>
    public static void Report(byte[] compressed, string path, ExtractionContext context)
    {
        using var gzip = new GZipStream(new MemoryStream(compressed, writable: false), CompressionMode.Decompress);
        EmbeddedSbomExtractor.Report(gzip, path, context);
    }
}
