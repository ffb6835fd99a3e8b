using OssRuntime.Advisories.Feeds.Archives;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.Suse;

/// <summary>
/// SUSE's CSAF documents: a VEX document for each CVE (<c>suse/csaf-vex.tar.bz2</c>) and an advisory for each erratum (<c>suse/csaf.tar.bz2</c>), as
/// SUSE packs them, or loose in folders of those names.
/// </summary>
internal sealed class SuseFeed : IFeed
{
    private static readonly string[] Kinds = ["csaf-vex", "csaf"];
    private static readonly Uri Publisher = new("https://ftp.suse.com/pub/projects/security/");

    /// <inheritdoc/>
    public string Name => "suse";

    /// <inheritdoc/>
    public async Task FetchAsync(IFeedFiles files, CancellationToken cancellation)
    {
        foreach (var kind in Kinds)
        {
            await files.FetchAsync($"{Name}/{kind}.tar.bz2", new Uri(Publisher, $"{kind}.tar.bz2"), cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        foreach (var kind in Kinds)
        {
            var archives = root.Files(Name).Where(file => TarFile.IsArchive(file) && file.StartsWith($"{kind}.", StringComparison.Ordinal)).ToList();
            var loose = root.Files(Name, kind).Where(RecordDocuments.IsDocument).Select(file => (root.At(Name, kind, file), file)).ToList();
            var source = $"{Name}/{kind}";
            if (archives.Count + loose.Count == 0)
            {
                continue;
            }

            sink.Begin(source);
            foreach (var archive in archives)
            {
                await RecordDocuments.ReadTarAsync(root.At(Name, archive), $"{Name}/{archive}", source, SuseParser.Parse, sink, cancellation);
            }

            await RecordDocuments.ReadFilesAsync(loose, source, SuseParser.Parse, sink, cancellation);
        }
    }
}
