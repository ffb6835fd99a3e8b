using OssRuntime.Advisories.Feeds.Archives;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.RedHat;

/// <summary>
/// Red Hat's CSAF documents: a VEX document for each CVE (<c>redhat/data/csaf/v2/vex</c>) and an advisory for each erratum (<c>…/advisories</c>),
/// in folders by year, or in the archives that Red Hat publishes of them.
/// </summary>
internal sealed class RedHatFeed : IFeed
{
    private const string Latest = "archive_latest.txt";

    private static readonly string[] Folder = ["data", "csaf", "v2"];
    private static readonly string[] Kinds = ["vex", "advisories"];
    private static readonly Uri Publisher = new("https://security.access.redhat.com/data/csaf/v2/");

    /// <inheritdoc/>
    public string Name => "redhat";

    /// <summary>A text file names the newest archive.</summary>
    public async Task FetchAsync(IFeedFiles files, CancellationToken cancellation)
    {
        foreach (var kind in Kinds)
        {
            var folder = $"{Name}/{string.Join('/', Folder)}/{kind}";
            await files.FetchAsync($"{folder}/{Latest}", new Uri(Publisher, $"{kind}/{Latest}"), cancellation);
            if (files.Lines($"{folder}/{Latest}").FirstOrDefault() is { } archive && IsArchiveName(archive))
            {
                await files.FetchAsync($"{folder}/archive.tar.zst", new Uri(Publisher, $"{kind}/{archive}"), cancellation);
            }
        }
    }

    /// <inheritdoc/>
    public async Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        foreach (var kind in Kinds)
        {
            string[] folder = [Name, .. Folder, kind];
            var source = $"{Name}/{kind}";
            if (!Directory.Exists(root.At(folder)))
            {
                continue;
            }

            sink.Begin(source);
            foreach (var archive in root.Files(folder).Where(TarFile.IsArchive))
            {
                await RecordDocuments.ReadTarAsync(root.At([.. folder, archive]), $"{source}/{archive}", source, RedHatParser.Parse, sink, cancellation);
            }

            var loose = root.Folders(folder)
                .SelectMany(year => root.Files([.. folder, year]).Where(RecordDocuments.IsDocument).Select(file => (root.At([.. folder, year, file]), $"{year}/{file}")));
            await RecordDocuments.ReadFilesAsync(loose, source, RedHatParser.Parse, sink, cancellation);
        }
    }

    /// <summary>No line may lead elsewhere.</summary>
    private static bool IsArchiveName(string line) =>
        line.Length < 100 && line.EndsWith(".tar.zst", StringComparison.Ordinal) && line.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');
}
