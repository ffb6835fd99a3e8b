using System.Globalization;
using OssRuntime.Advisories.Feeds.Archives;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.Names;

/// <summary>
/// Lists of the package names that exist (<c>names/npm.tsv.gz</c>, <c>names/pypi.tsv.gz</c>): a name a line, and in the last column how often it is
/// downloaded, or in the third its rank. Registries have no such file to fetch; whoever runs the product makes or mirrors it.
/// </summary>
internal sealed class NamesFeed : IFeed
{
    private const int LongestLine = 4096;
    private const int Ranked = 3;

    /// <inheritdoc/>
    public string Name => "names";

    /// <inheritdoc/>
    public Task FetchAsync(IFeedFiles files, CancellationToken cancellation) => FolderIndex.FetchAsync(files, Name, IsList, cancellation);

    /// <inheritdoc/>
    public async Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        foreach (var file in root.Files(Name).Where(IsList))
        {
            var ecosystem = file[..file.IndexOf('.', StringComparison.Ordinal)];
            sink.Begin($"{Name}/{ecosystem}");
            try
            {
                await ReadAsync(root.At(Name, file), ecosystem, sink, cancellation);
            }
            catch (Exception exception) when (exception is FeedFileException or InvalidDataException or IOException or UnauthorizedAccessException)
            {
                sink.Fail($"{Name}/{file}", exception.Message);
            }
        }
    }

    private static bool IsList(string name) => name.EndsWith(".tsv.gz", StringComparison.Ordinal) || name.EndsWith(".tsv", StringComparison.Ordinal);

    private static async Task ReadAsync(string path, string ecosystem, IFeedSink sink, CancellationToken cancellation)
    {
        using var file = File.OpenRead(path);
        using var data = PackedFile.Unpack(file, path);
        using var lines = new StreamReader(data);
        long read = 0;
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            read += line.Length + 1;
            if (read > FeedLimits.WholeFeed || line.Length > LongestLine)
            {
                throw new FeedFileException("the file unpacks to more than any real one");
            }

            var columns = line.Split('\t');
            if (columns[0].Length is 0 or > FeedLimits.Name)
            {
                sink.Skip(line.Length > 40 ? line[..40] : line, "the line has no name");
                continue;
            }

            sink.AcceptName(ecosystem, columns[0], Popularity(columns));
        }
    }

    /// <summary>Downloads, where more is more; or a rank, where less is more.</summary>
    private static long? Popularity(string[] columns) =>
        columns.Length >= 2 && long.TryParse(columns[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (columns.Length >= Ranked ? -number : number)
            : null;
}
