using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Paths;

namespace OssRuntime.Inventory.Extractors.Dpkg;

/// <summary>
/// Which files a Debian package installed: <c>info/NAME[:ARCH].list</c>, one absolute path a line, or <c>status.d/NAME.md5sums</c> of
/// distroless images, a hash and a relative path. Only paths that some extractor reads are kept.
/// </summary>
internal sealed class DpkgFilesExtractor : IExtractor
{
    private const string ListEnding = ".list";
    private const string SumsEnding = ".md5sums";

    public string Name => "dpkg-files";

    public int Version => 2;

    public long LargestFile => 64 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => DpkgPaths.IsFileList(path);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var hasSums = file.Path.EndsWith(SumsEnding, StringComparison.Ordinal);
        var fileName = file.Path[(file.Path.LastIndexOf('/') + 1)..^(hasSums ? SumsEnding : ListEnding).Length];
        var colon = fileName.IndexOf(':', StringComparison.Ordinal);
        var paths = new PathListBuilder();
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            var path = PathOf(lines.Line, hasSums);
            if (!path.IsEmpty && context.IsWorthOwning(path))
            {
                paths.Add(path);
            }
        }

        context.AddOwned(colon < 0 ? fileName : fileName[..colon], colon < 0 ? null : fileName[(colon + 1)..], paths);
    }

    private static ReadOnlySpan<byte> PathOf(ReadOnlySpan<byte> line, bool hasSums)
    {
        if (hasSums)
        {
            var blank = line.IndexOf((byte)' ');
            line = blank < 0 ? [] : line[blank..].TrimStart(" *"u8);
        }

        return line.StartsWith("./"u8) ? line[2..] : line.TrimStart((byte)'/');
    }
}
