using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors;

/// <summary>
/// Reads one kind of package record. It never walks: every file of a layer or a root file system is offered to it once, first by its path.
/// An extractor has no state, so one instance serves all threads. How to write one: docs/add-an-extractor.md.
/// </summary>
internal interface IExtractor
{
    /// <summary>A short name that never changes: <c>dpkg</c>. It stands in reports and in the layer cache.</summary>
    string Name { get; }

    /// <summary>Raised with every change of what is found in the same bytes: what the cache holds of the old one is read anew.</summary>
    int Version { get; }

    /// <summary>Bytes that a file may have; a larger one is reported as unknown.</summary>
    long LargestFile { get; }

    /// <summary>
    /// True where a file at this path may be a record. Asked for every path of an image, so it is a comparison or two of the UTF-8
    /// bytes. A path that is claimed here and yields nothing still hides the same path in the layers below.
    /// </summary>
    bool Wants(ReadOnlySpan<byte> path);

    /// <summary>
    /// Reads a file. What cannot be read of it is told with <see cref="ExtractionContext.AddUnknown"/>, and what was found before stays.
    /// An exception is as good: it becomes an unknown with its message.
    /// </summary>
    void Extract(FileContent file, ExtractionContext context);
}
