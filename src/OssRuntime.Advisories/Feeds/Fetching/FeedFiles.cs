using System.Collections.Immutable;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>The files of one feed in a mirror.</summary>
internal sealed class FeedFiles(
    string feed, FileFetcher fetcher, FeedRoot folder, TimeProvider time, ImmutableArray<FetchedFile>.Builder fetched, IProgress<string>? progress) : IFeedFiles
{
    /// <inheritdoc/>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <inheritdoc/>
    public async Task<bool> FetchAsync(string path, Uri? publisher, CancellationToken cancellation)
    {
        await RefreshAsync(path, publisher, cancellation);
        return File.Exists(At(path));
    }

    /// <inheritdoc/>
    public async Task<bool> RefreshAsync(string path, Uri? publisher, CancellationToken cancellation)
    {
        if (!fetcher.Knows(publisher))
        {
            return false;
        }

        progress?.Report(path);
        var (state, reason, bytes, last) = await fetcher.FetchAsync(path, publisher, cancellation);
        fetched.Add(new FetchedFile(feed, path, state, reason, bytes, last));
        return state is FetchState.New or FetchState.Unchanged;
    }

    /// <inheritdoc/>
    public IEnumerable<string> Lines(string path, int most = 10_000) =>
        File.Exists(At(path)) ? File.ReadLines(At(path)).Take(most).Select(line => line.Trim()).Where(line => line.Length > 0) : [];

    /// <inheritdoc/>
    public void Note(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    /// <inheritdoc/>
    public void Remove(string path, Func<string, bool> unwanted)
    {
        foreach (var name in folder.Files(path.Split('/')).Where(unwanted))
        {
            File.Delete(Path.Combine(At(path), name));
        }
    }

    private string At(string path) => folder.At(path.Split('/'));
}
