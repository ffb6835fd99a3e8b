namespace OssRuntime.Inventory.Extractors;

/// <summary>Reads records that are nothing but directories: their name is all there is to know.</summary>
internal interface IDirectoryExtractor : IExtractor
{
    /// <summary>True where the directory at this path is a record. Asked for every directory of an image.</summary>
    bool WantsDirectory(ReadOnlySpan<byte> path);

    /// <summary>Reads the directory's name.</summary>
    void ExtractDirectory(string path, ExtractionContext context);
}
