using OssRuntime.Inventory.Contents;
using OssRuntime.Inventory.Extractors.Dpkg;
using OssRuntime.Inventory.Extractors.Text;
using OssRuntime.Inventory.Paths;

namespace OssRuntime.Inventory.Extractors.Opkg;

/// <summary>The packages of OpenWrt and of images that Yocto builds: opkg's <c>status</c> has the form of dpkg's, and <c>info/NAME.list</c> the files.</summary>
internal sealed class OpkgExtractor : IExtractor
{
    private const string ListEnding = ".list";

    public string Name => "opkg";

    public int Version => 1;

    public long LargestFile => 64 << 20;

    public bool Wants(ReadOnlySpan<byte> path) =>
        path.SequenceEqual("usr/lib/opkg/status"u8) || path.SequenceEqual("var/lib/opkg/status"u8)
        || (path.EndsWith(".list"u8) && LayerPath.Directory(path) is var directory
            && (directory.SequenceEqual("usr/lib/opkg/info"u8) || directory.SequenceEqual("var/lib/opkg/info"u8)));

    public void Extract(FileContent file, ExtractionContext context)
    {
        if (file.Path.EndsWith(ListEnding, StringComparison.Ordinal))
        {
            ReportFiles(file, context);
            return;
        }

        var stanza = new DpkgStanza("opkg");
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            if (!lines.Line.IsEmpty)
            {
                stanza.Take(lines.Line, lines.Number);
            }
            else if (!stanza.IsEmpty)
            {
                stanza.Finish(context, isSinglePackage: false);
                stanza = new DpkgStanza("opkg");
            }
        }

        if (!stanza.IsEmpty)
        {
            stanza.Finish(context, isSinglePackage: false);
        }
    }

    private static void ReportFiles(FileContent file, ExtractionContext context)
    {
        var paths = new PathListBuilder();
        var lines = new LineReader(file.ReadAll());
        while (lines.MoveNext())
        {
            var path = lines.Line.TrimStart((byte)'/');
            if (!path.IsEmpty && context.IsWorthOwning(path))
            {
                paths.Add(path);
            }
        }

        context.AddOwned(file.Path[(file.Path.LastIndexOf('/') + 1)..^ListEnding.Length], null, paths);
    }
}
