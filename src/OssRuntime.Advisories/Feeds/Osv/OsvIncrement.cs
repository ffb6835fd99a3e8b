using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using OssRuntime.Advisories.Feeds.Fetching;
using OssRuntime.Advisories.Identifiers;

namespace OssRuntime.Advisories.Feeds.Osv;

/// <summary>
/// Keeps an ecosystem's records up to date by <c>modified_id.csv</c>, which lists <c>modified,id</c> with the newest first: after the archive was fetched
/// once, only the records that changed since are, each to a file beside it. The archive is fetched anew where more changed than that is good for, where
/// a record cannot be had, and once a week, for records that were taken away are in no list.
/// </summary>
internal sealed class OsvIncrement(IFeedFiles files, string folder, Uri publisher)
{
    private const string Archive = "all.zip";
    private const string List = "modified_id.csv";
    private const string Mark = ".mark";
    private const int MostRecords = 2000;
    private const int MostListed = 2_000_000;
    private const int AtOnce = 8;
    private static readonly TimeSpan ArchiveLag = TimeSpan.FromDays(1);
    private static readonly TimeSpan WholeEvery = TimeSpan.FromDays(7);

    private readonly FeedFile _list = new($"{folder}/{List}", new Uri(publisher, List));
    private readonly FeedFile _archive = new($"{folder}/{Archive}", new Uri(publisher, Archive)) { Presence = FeedFilePresence.Everybody };

    /// <summary>Brings the ecosystem up to date.</summary>
    public async Task FetchAsync(CancellationToken cancellation)
    {
        var hasList = await files.RefreshAsync(_list, cancellation);
        if (hasList && await TryFetchChangesAsync(cancellation))
        {
            return;
        }

        if (await files.RefreshAsync(_archive, cancellation) && hasList && Newest() is { } newest)
        {
            // The archive is made now and then, and may lack what the list has as its newest: those records are asked for once more.
            var mark = newest - ArchiveLag;
            var recent = ChangedSince(mark)?.Select(id => $"{id}.json").ToHashSet(StringComparer.Ordinal) ?? [];
            files.Remove(folder, name => RecordDocuments.IsDocument(name) && !recent.Contains(name));
            Write(files.Now, mark);
        }
    }

    /// <summary>Fetches what changed since the mark; false where the archive is the better way.</summary>
    private async Task<bool> TryFetchChangesAsync(CancellationToken cancellation)
    {
        if (ReadMark() is not var (whole, mark) || files.Now - whole > WholeEvery || Newest() is not { } newest || ChangedSince(mark) is not { } changed)
        {
            return false;
        }

        if (files.Now - whole > ArchiveLag && LacksRecords())
        {
            return false;
        }

        var failed = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(changed, options, async (id, cancel) =>
        {
            if (Volatile.Read(ref failed) == 0 && !await files.RefreshAsync(RecordOf(id), cancel))
            {
                Interlocked.Exchange(ref failed, 1);
            }
        });
        if (failed != 0)
        {
            return false;
        }

        Write(whole, newest);
        return true;
    }

    // A record that cannot be had is no failure yet: the archive is asked for then.
    private FeedFile RecordOf(string id) =>
        new($"{folder}/{id}.json", new Uri(publisher, Uri.EscapeDataString($"{id}.json"))) { Key = "id", Presence = FeedFilePresence.Nobody };

    /// <summary>True where the list lacks a record that is here: its publisher took it away.</summary>
    private bool LacksRecords()
    {
        var listed = new HashSet<ulong>();
        foreach (var line in files.Lines($"{folder}/{List}", MostListed))
        {
            if (Parse(line) is (_, var id))
            {
                listed.Add(Hash($"{id}.json"));
            }
        }

        try
        {
            return files.Documents(folder, Archive).Any(name => RecordDocuments.IsDocument(name) && !listed.Contains(Hash(name)));
        }
        catch (FeedFileException)
        {
            return true; // an archive that cannot be read is to be fetched anew
        }
    }

    private static ulong Hash(string name) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(name.AsSpan()));

    /// <summary>The records that changed after an instant; null where they are too many, or the list is no list.</summary>
    private List<string>? ChangedSince(DateTimeOffset mark)
    {
        var changed = new List<string>();
        foreach (var line in files.Lines($"{folder}/{List}", MostRecords + 1))
        {
            if (Parse(line) is not var (modified, id))
            {
                return null;
            }

            if (modified <= mark)
            {
                return changed;
            }

            changed.Add(id);
        }

        return changed.Count <= MostRecords ? changed : null;
    }

    // A record from the future must not freeze the rest: nothing is newer than now.
    private DateTimeOffset? Newest() =>
        files.Lines($"{folder}/{List}", 1).Select(line => Parse(line)?.Modified).FirstOrDefault() is { } newest ? (newest < files.Now ? newest : files.Now) : null;

    private (DateTimeOffset Whole, DateTimeOffset Mark)? ReadMark() =>
        files.Lines($"{folder}/{Mark}", 2).Select(Instant).ToList() is [{ } whole, { } mark] ? (whole, mark) : null;

    private void Write(DateTimeOffset whole, DateTimeOffset mark) =>
        files.Note($"{folder}/{Mark}", $"{whole.ToString("O", CultureInfo.InvariantCulture)}\n{mark.ToString("O", CultureInfo.InvariantCulture)}\n");

    /// <summary>An instant and an id, which becomes a file's name: no line may lead elsewhere.</summary>
    private static (DateTimeOffset Modified, string Id)? Parse(string line)
    {
        var comma = line.IndexOf(',', StringComparison.Ordinal);
        return comma > 0 && Instant(line[..comma]) is { } modified && IsId(line[(comma + 1)..]) ? (modified, line[(comma + 1)..]) : null;
    }

    private static bool IsId(string id) =>
        id.Length is > 0 and <= AdvisoryIds.Longest && id[0] != '.' && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '+' or '@');

    private static DateTimeOffset? Instant(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;
}
