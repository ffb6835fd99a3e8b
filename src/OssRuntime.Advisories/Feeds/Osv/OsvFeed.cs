using System.Buffers;
using OssRuntime.Advisories.Feeds.Archives;
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
        await files.FetchAsync($"{Name}/{Ecosystems}", new Uri(Publisher, Ecosystems), cancellation);
        foreach (var ecosystem in files.Lines($"{Name}/{Ecosystems}").Where(IsFolderName))
        {
            await files.FetchAsync($"{Name}/{ecosystem}/{Archive}", new Uri(Publisher, $"{Uri.EscapeDataString(ecosystem)}/{Archive}"), cancellation);
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
                await ReadArchiveAsync(archive, source, sink, cancellation);
            }

            await ReadLooseAsync(root, ecosystem, source, sink, cancellation);
        }
    }

    /// <summary>A line of the list becomes a folder's name: one with a release has its records in the folder without, and no line may lead elsewhere.</summary>
    private static bool IsFolderName(string ecosystem) =>
        ecosystem.Length <= 100 && !ecosystem.StartsWith('.') && ecosystem.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or '-' or '_' or '[' or ']');

    private static async Task ReadArchiveAsync(string path, string source, IFeedSink sink, CancellationToken cancellation)
    {
        try
        {
            using var zip = ZipFile.Open(path);
            await ParsedRecords.ReadAsync(zip.Entries(), entry => entry.Length, entry => Parse(zip, entry, source), sink, cancellation);
        }
        catch (Exception exception) when (exception is FeedFileException or IOException or UnauthorizedAccessException)
        {
            sink.Fail($"{source}/{Archive}", exception.Message);
        }
    }

    private static async Task ReadLooseAsync(FeedRoot root, string ecosystem, string source, IFeedSink sink, CancellationToken cancellation)
    {
        var files = root.Files("osv", ecosystem).Where(name => name.EndsWith(".json", StringComparison.Ordinal));
        await ParsedRecords.ReadAsync(files, _ => 1 << 14, name => ParseFile(root.At("osv", ecosystem, name), name, source), sink, cancellation);
    }

    private static ParsedRecord Parse(ZipFile zip, in ZipEntry entry, string source)
    {
        try
        {
            var data = zip.Read(entry, out var length);
            try
            {
                return new ParsedRecord(entry.Name, OsvParser.Parse(data.AsSpan(0, length), source), null);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(data);
            }
        }
        catch (Exception exception) when (exception is FeedRecordException or IOException)
        {
            return new ParsedRecord(entry.Name, null, exception.Message);
        }
    }

    private static ParsedRecord ParseFile(string path, string name, string source)
    {
        try
        {
            if (new FileInfo(path).Length > FeedLimits.Document)
            {
                return new ParsedRecord(name, null, $"the document is larger than {FeedLimits.Document >> 20} MiB");
            }

            return new ParsedRecord(name, OsvParser.Parse(File.ReadAllBytes(path), source), null);
        }
        catch (Exception exception) when (exception is FeedRecordException or IOException or UnauthorizedAccessException)
        {
            return new ParsedRecord(name, null, exception.Message);
        }
    }
}
