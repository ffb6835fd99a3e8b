using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Text;

namespace OssRuntime.Inventory.Extractors.Dpkg;

/// <summary>The packages of Debian and its kin: <c>var/lib/dpkg/status</c>, and <c>status.d</c> of distroless images.</summary>
internal sealed class DpkgStatusExtractor : IExtractor
{
    public string Name => "dpkg";

    public int Version => 3;

    public long LargestFile => 256 << 20;

    public bool Wants(ReadOnlySpan<byte> path) => DpkgPaths.IsStatus(path);

    public void Extract(FileContent file, ExtractionContext context)
    {
        var isSinglePackage = DpkgPaths.IsSinglePackage(file.Path);
        var stanza = new DpkgStanza();
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            if (!lines.Line.IsEmpty)
            {
                stanza.Take(lines.Line, lines.Number);
            }
            else if (!stanza.IsEmpty)
            {
                stanza.Finish(context, isSinglePackage);
                stanza = new DpkgStanza();
            }
        }

        if (!stanza.IsEmpty)
        {
            stanza.Finish(context, isSinglePackage);
        }
    }
}
