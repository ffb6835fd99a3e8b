using System.Text;
using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;

namespace OssRuntime.Inventory.Extractors.Java;

/// <summary>
/// Which repository each jar of a local Maven repository came from: <c>_remote.repositories</c> beside them, lines of <c>FILE&gt;ID=</c> (Maven Resolver,
/// EnhancedLocalRepositoryManager). The id is the one that the build's settings give the repository; it is empty for what was built here.
/// </summary>
internal sealed class MavenOriginExtractor : IExtractor
{
    public string Name => "maven-origin";

    public int Version => 1;

    public long LargestFile => 1 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => path.EndsWith("/_remote.repositories"u8);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var directory = file.Path[..(file.Path.LastIndexOf('/') + 1)];
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            var line = lines.Line;
            var separator = line.IndexOf((byte)'>');
            if (separator < 1 || line[0] == '#' || !JavaPaths.IsArchive(line[..separator]))
            {
                continue;
            }

            var repository = line[(separator + 1)..];
            var end = repository.IndexOf((byte)'=');
            if (end > 0)
            {
                context.AddOrigin(directory + Encoding.UTF8.GetString(line[..separator]), Encoding.UTF8.GetString(repository[..end]));
            }
        }
    }
}
