using System.Globalization;
using OssRuntime.Advisories.Feeds.Archives;
using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds.Epss;

/// <summary>
/// FIRST's exploit prediction scores (<c>epss/*.csv.gz</c>, or unpacked <c>epss/*.csv</c>): a comment with the model's version and day, a header, then
/// <c>cve,probability,percentile</c>. The newest file by name counts, and those before it only where it cannot be read.
/// </summary>
internal sealed class EpssFeed : IFeed
{
    private const int LongestLine = 1024;

    /// <inheritdoc/>
    public string Name => "epss";

    /// <inheritdoc/>
    public Task FetchAsync(IFeedFiles files, CancellationToken cancellation) => files.FetchAsync(
        $"{Name}/epss_scores-current.csv.gz", new Uri("https://epss.empiricalsecurity.com/epss_scores-current.csv.gz"), cancellation);

    /// <inheritdoc/>
    public async Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation)
    {
        foreach (var file in root.Files(Name).Where(IsScores).Reverse())
        {
            sink.Begin(Name);
            try
            {
                await ReadAsync(root.At(Name, file), sink, cancellation);
                return;
            }
            catch (Exception exception) when (exception is FeedFileException or InvalidDataException or IOException or UnauthorizedAccessException)
            {
                sink.Fail($"{Name}/{file}", exception.Message);
            }
        }
    }

    private static bool IsScores(string name) =>
        name.EndsWith(".csv.gz", StringComparison.Ordinal) || name.EndsWith(".csv", StringComparison.Ordinal);

    private static async Task ReadAsync(string path, IFeedSink sink, CancellationToken cancellation)
    {
        using var data = PackedFile.Open(path);
        using var lines = new StreamReader(data);
        long read = 0;
        var header = false;
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            read += line.Length + 1;
            if (read > FeedLimits.WholeFeed || line.Length > LongestLine)
            {
                throw new FeedFileException("the file unpacks to more than any real one");
            }

            if (line.StartsWith('#') || line.Length == 0)
            {
                continue;
            }

            if (!header)
            {
                header = line.StartsWith("cve,epss", StringComparison.Ordinal)
                    ? true
                    : throw new FeedFileException("the file does not begin with the header 'cve,epss'");
                continue;
            }

            Accept(line, sink);
        }

        if (!header)
        {
            throw new FeedFileException("the file has no scores");
        }
    }

    private static void Accept(string line, IFeedSink sink)
    {
        var comma = line.IndexOf(',', StringComparison.Ordinal);
        var end = comma < 0 ? -1 : line.IndexOf(',', comma + 1);
        var score = comma < 0 ? "" : line.AsSpan((comma + 1)..(end < 0 ? line.Length : end));
        if (comma > 0 && float.TryParse(score, NumberStyles.Float, CultureInfo.InvariantCulture, out var probability) && probability is >= 0 and <= 1)
        {
            sink.AcceptEpss(line[..comma], probability);
        }
        else
        {
            sink.Skip(line.Length > 40 ? line[..40] : line, "the line has no CVE or no probability from 0 to 1");
        }
    }
}
