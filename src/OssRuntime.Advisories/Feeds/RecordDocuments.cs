using System.Buffers;
using System.Text.Json;
using OssRuntime.Advisories.Feeds.Archives;

namespace OssRuntime.Advisories.Feeds;

/// <summary>
/// Reads feeds that have a document for each record, in a zip archive or as loose files, on all cores and in the documents' order. A document
/// that cannot be used is skipped with its reason, an archive that ends badly is a failed file.
/// </summary>
internal static class RecordDocuments
{
    private const int LooseFile = 1 << 14;

    private static readonly string TooLarge = $"the document is larger than {FeedLimits.Document >> 20} MiB";

    /// <summary>Reads the documents of an archive.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="file">The archive's path below the feed root, for the reason.</param>
    /// <param name="source">The source of the records.</param>
    /// <param name="wanted">Which entries are documents, by name.</param>
    /// <param name="parse">Makes a record of a document.</param>
    /// <param name="sink">Takes them.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static async Task ReadArchiveAsync(
        string path, string file, string source, Func<string, bool> wanted, RecordParser parse, IFeedSink sink, CancellationToken cancellation)
    {
        try
        {
            using var zip = ZipFile.Open(path);
            await ParsedRecords.ReadAsync(
                zip.EntriesByName().Where(entry => wanted(entry.Name)), entry => entry.Length, entry => Parse(zip, entry, source, parse), sink, cancellation);
        }
        catch (Exception exception) when (exception is FeedFileException or IOException or UnauthorizedAccessException)
        {
            sink.Fail(file, exception.Message);
        }
    }

    /// <summary>The same for a packed tar archive.</summary>
    public static async Task ReadTarAsync(
        string path, string file, string source, RecordParser parse, IFeedSink sink, CancellationToken cancellation)
    {
        try
        {
            await ParsedRecords.ReadAsync(
                TarFile.Read(path, IsDocument),
                entry => entry.Content?.Length ?? 0,
                entry => entry.Content is { } content
                    ? Parse(content, entry.Name, source, parse)
                    : new ParsedRecord(entry.Name, null, TooLarge),
                sink,
                cancellation);
        }
        catch (Exception exception) when (exception is FeedFileException or IOException or UnauthorizedAccessException)
        {
            sink.Fail(file, exception.Message);
        }
    }

    /// <summary>Reads loose files.</summary>
    /// <param name="files">Each file and the name that it has in reasons.</param>
    /// <param name="source">The source of the records.</param>
    /// <param name="parse">Makes a record of a document.</param>
    /// <param name="sink">Takes them.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public static Task ReadFilesAsync(
        IEnumerable<(string Path, string Name)> files, string source, RecordParser parse, IFeedSink sink, CancellationToken cancellation) =>
        ParsedRecords.ReadAsync(files, _ => LooseFile, file => ParseFile(file.Path, file.Name, source, parse), sink, cancellation);

    /// <summary>True for the name of a document.</summary>
    public static bool IsDocument(string name) => name.EndsWith(".json", StringComparison.Ordinal);

    private static ParsedRecord Parse(ZipFile zip, in ZipEntry entry, string source, RecordParser parse)
    {
        try
        {
            var data = zip.Read(entry, out var length);
            try
            {
                return Parse(data.AsMemory(0, length), entry.Name, source, parse);
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

    private static ParsedRecord ParseFile(string path, string name, string source, RecordParser parse)
    {
        try
        {
            if (new FileInfo(path).Length > FeedLimits.Document)
            {
                return new ParsedRecord(name, null, TooLarge);
            }

            return Parse(File.ReadAllBytes(path), name, source, parse);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new ParsedRecord(name, null, exception.Message);
        }
    }

    private static ParsedRecord Parse(ReadOnlyMemory<byte> document, string name, string source, RecordParser parse)
    {
        try
        {
            return new ParsedRecord(name, parse(document, source), null);
        }
        catch (Exception exception) when (exception is FeedRecordException or JsonException)
        {
            return new ParsedRecord(name, null, exception is JsonException ? NoJson(exception.Message) : exception.Message);
        }
    }

    /// <summary>The reason for a document that is no JSON: the parser's first sentence, without the place, so that reasons can be counted.</summary>
    public static string NoJson(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return $"no JSON: {(end < 0 ? message : message[..end])}";
    }
}
