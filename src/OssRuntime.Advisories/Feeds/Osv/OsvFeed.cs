using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.Osv;

/// <summary>
/// Records in the OSV schema: <c>osv/&lt;Ecosystem&gt;/all.zip</c> as the OSV project's bucket has them, or loose
/// <c>osv/&lt;Ecosystem&gt;/*.json</c>. Any folder is an ecosystem; names that the schema does not list are data.
/// </summary>
internal sealed class OsvFeed : IFeed
{
    private const string Archive = "all.zip";
    private const string Ecosystems = "ecosystems.txt";

    private static readonly Uri Publisher = new("https://osv-vulnerabilities.storage.googleapis.com/");

    /// <inheritdoc/>
    public string Name => "osv";

    /// <inheritdoc/>
    public async Task FetchAsync(IFeedFiles files, CancellationToken cancellation)
    {
        // Most of what is known comes from here: a mirror without this list is taken for a broken one.
        var list = new FeedFile($"{Name}/{Ecosystems}", new Uri(Publisher, Ecosystems)) { Presence = FeedFilePresence.Everybody };
        var isNew = await files.RefreshAsync(list, cancellation);
        var ecosystems = files.Lines(list.Path).Where(IsFolderName).ToHashSet(StringComparer.Ordinal);
        if (isNew && ecosystems.Count == 0)
        {
            files.Miss(list.Path, "the list names no ecosystem");
        }

        foreach (var ecosystem in ecosystems.Order(StringComparer.Ordinal))
        {
            await new OsvIncrement(files, $"{Name}/{ecosystem}", new Uri(Publisher, $"{Uri.EscapeDataString(ecosystem)}/")).FetchAsync(cancellation);
        }

        foreach (var gone in isNew && ecosystems.Count > 0 ? files.Folders(Name).Where(folder => !ecosystems.Contains(folder)) : [])
        {
            files.Retire($"{Name}/{gone}");
        }
    }

    /// <inheritdoc/>
    public async Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        foreach (var ecosystem in root.Folders(Name))
        {
            var source = $"{Name}/{ecosystem}";
            sink.Begin(source);
            var archive = root.At(Name, ecosystem, Archive);
            if (File.Exists(archive))
            {
                await RecordDocuments.ReadArchiveAsync(archive, $"{source}/{Archive}", source, _ => true, Parse, sink, cancellation);
            }

            var loose = root.Files(Name, ecosystem).Where(RecordDocuments.IsDocument).Select(name => (root.At(Name, ecosystem, name), name));
            await RecordDocuments.ReadFilesAsync(loose, source, Parse, sink, cancellation);
        }
    }

    /// <summary>A line of the list becomes a folder's name: one with a release has its records in the folder without, and no line may lead elsewhere.</summary>
    private static bool IsFolderName(string ecosystem) =>
        ecosystem.Length <= 100 && !ecosystem.StartsWith('.') && ecosystem.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or '-' or '_' or '[' or ']');

    private static FeedAdvisory Parse(ReadOnlyMemory<byte> document, string source) => OsvParser.Parse(document.Span, source);
}
