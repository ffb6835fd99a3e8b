using System.Globalization;
using OssRuntime.Advisories.Feeds.Archives;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>The files of one feed in a mirror.</summary>
internal sealed class FeedFiles(string feed, FileFetcher fetcher, FeedRoot folder, FetchOptions options, FetchLog log) : IFeedFiles
{
    private const string GoneSince = ".gone";

    /// <inheritdoc/>
    public DateTimeOffset Now => log.Now;

    /// <inheritdoc/>
    public async Task<bool> FetchAsync(FeedFile file, CancellationToken cancellation)
    {
        await RefreshAsync(file, cancellation);
        return File.Exists(At(file.Path));
    }

    /// <inheritdoc/>
    public async Task<bool> RefreshAsync(FeedFile file, CancellationToken cancellation)
    {
        if (!fetcher.Knows(file))
        {
            return false;
        }

        log.Begin(file.Path);
        var (state, reason, bytes, last) = await fetcher.FetchAsync(file, cancellation);
        var expected = state == FetchState.Missing && (last is not null || file.Presence switch
        {
            FeedFilePresence.Everybody => true,
            FeedFilePresence.Publisher => fetcher.AsksPublishers,
            _ => false,
        });
        log.Add(new FetchedFile(feed, file.Path, state, reason, bytes, last) { Expected = expected });
        return state is FetchState.New or FetchState.Unchanged;
    }

    /// <inheritdoc/>
    public void Miss(string path, string reason) => log.Add(new FetchedFile(feed, path, FetchState.Failed, reason, 0, null));

    /// <inheritdoc/>
    public IEnumerable<string> Lines(string path, int most = 10_000) =>
        File.Exists(At(path)) ? File.ReadLines(At(path)).Take(most).Select(line => line.Trim()).Where(line => line.Length > 0) : [];

    /// <inheritdoc/>
    public IEnumerable<string> Documents(string path, string archive)
    {
        var packed = Path.Combine(At(path), archive);
        if (File.Exists(packed))
        {
            using var zip = ZipFile.Open(packed);
            foreach (var entry in zip.Entries())
            {
                yield return entry.Name;
            }
        }

        foreach (var name in folder.Files(path.Split('/')).Where(RecordDocuments.IsDocument))
        {
            yield return name;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Folders(string path) => folder.Folders(path.Split('/'));

    /// <inheritdoc/>
    public void Note(string path, string text)
    {
        // In one step: half a note would be believed.
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path) + ".noting", text);
        File.Move(At(path) + ".noting", At(path), overwrite: true);
    }

    /// <inheritdoc/>
    public void Remove(string path, Func<string, bool> unwanted)
    {
        foreach (var name in folder.Files(path.Split('/')).Where(unwanted))
        {
            File.Delete(Path.Combine(At(path), name));
        }
    }

    /// <inheritdoc/>
    public void Retire(string path)
    {
        var noted = $"{path}/{GoneSince}";
        if (!DateTimeOffset.TryParse(Lines(noted, 1).FirstOrDefault(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since))
        {
            since = Now;
            Note(noted, since.ToString("O", CultureInfo.InvariantCulture));
        }

        var until = since + options.KeptFor;
        if (Now < until)
        {
            log.Add(new FetchedFile(feed, path, FetchState.Gone, $"its publisher no longer has it, as was first seen at {since:u}; what is known of it is kept until {until:u}", 0, since));
            return;
        }

        Directory.Delete(At(path), recursive: true);
        log.Add(new FetchedFile(feed, path, FetchState.Gone, $"its publisher no longer has it since {since:u}; it was removed", 0, null));
    }

    private string At(string path) => folder.At(path.Split('/'));
}
