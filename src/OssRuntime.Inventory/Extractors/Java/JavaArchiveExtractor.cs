using OssRuntime.Inventory.Contents;

namespace OssRuntime.Inventory.Extractors.Java;

/// <summary>
/// Java archives, to any depth within the limits: what Maven wrote into them, shaded libraries included, else what manifest and name tell; and what the SBOMs in them declare.
/// </summary>
/// <param name="index">Which jars there are, by their checksums; null without such a list.</param>
internal sealed class JavaArchiveExtractor(JavaChecksumIndex? index = null) : IExtractor
{
    public string Name => "java";

    public int Version => 4;

    public long LargestFile => 4L << 30;

    public bool Wants(ReadOnlySpan<byte> path) => JavaPaths.IsArchive(path);

    public void Extract(FileContent file, ExtractionContext context) => new JavaArchiveReader(file.Spool, index, context).Read(file.Keep(), file.Path);
}
