using System.Runtime.ExceptionServices;

namespace OssRuntime.Advisories.Feeds;

/// <summary>Parses documents on all cores and hands the results on in the documents' order, holding a few megabytes of them at a time.</summary>
internal static class ParsedRecords
{
    private const int BatchItems = 256;
    private const long BatchBytes = 1 << 20;

    /// <summary>
    /// Parses every item. Where <paramref name="items"/> breaks off with an exception, all that came before it is handed over first.
    /// </summary>
    public static async Task ReadAsync<T>(
        IEnumerable<T> items, Func<T, long> size, Func<T, ParsedRecord> parse, IFeedSink sink, CancellationToken cancellation)
    {
        var ahead = new Queue<Task<ParsedRecord[]>>();
        var most = Environment.ProcessorCount + 1;
        var batch = new List<T>(BatchItems);
        long bytes = 0;
        using var source = items.GetEnumerator();
        ExceptionDispatchInfo? broken;
        while (TryTake(source, out broken, out var more) && more)
        {
            batch.Add(source.Current);
            bytes += size(source.Current);
            if (batch.Count < BatchItems && bytes < BatchBytes)
            {
                continue;
            }

            if (ahead.Count >= most)
            {
                HandOver(await ahead.Dequeue(), sink);
            }

            ahead.Enqueue(Start(batch, parse, cancellation));
            bytes = 0;
        }

        ahead.Enqueue(Start(batch, parse, cancellation));
        while (ahead.Count > 0)
        {
            HandOver(await ahead.Dequeue(), sink);
        }

        broken?.Throw();
    }

    private static Task<ParsedRecord[]> Start<T>(List<T> batch, Func<T, ParsedRecord> parse, CancellationToken cancellation)
    {
        var documents = batch.ToArray();
        batch.Clear();
        return Task.Run(() => Array.ConvertAll(documents, document => parse(document)), cancellation);
    }

    private static bool TryTake<T>(IEnumerator<T> source, out ExceptionDispatchInfo? broken, out bool more)
    {
        (broken, more) = (null, false);
        try
        {
            more = source.MoveNext();
            return true;
        }
        catch (Exception exception) when (exception is FeedFileException or IOException)
        {
            broken = ExceptionDispatchInfo.Capture(exception);
            return false;
        }
    }

    private static void HandOver(ParsedRecord[] batch, IFeedSink sink)
    {
        foreach (var (name, advisory, reason) in batch)
        {
            if (advisory is null)
            {
                sink.Skip(name, reason ?? "unreadable");
                continue;
            }

            sink.Accept(advisory);
            foreach (var part in advisory.Trimmed)
            {
                sink.Trim(advisory.Advisory.Id, part);
            }
        }
    }
}
