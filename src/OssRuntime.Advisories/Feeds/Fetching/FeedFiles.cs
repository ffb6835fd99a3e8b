using System.Collections.Immutable;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>The files of one feed in a mirror.</summary>
internal sealed class FeedFiles(
    string feed, FileFetcher fetcher, FeedRoot folder, ImmutableArray<FetchedFile>.Builder fetched, IProgress<string>? progress) : IFeedFiles
{
    /// <inheritdoc/>
    public async Task<bool> FetchAsync(string path, Uri publisher, CancellationToken cancellation)
    {
        progress?.Report(path);
        var (state, reason, bytes, last) = await fetcher.FetchAsync(path, publisher, cancellation);
        fetched.Add(new FetchedFile(feed, path, state, reason, bytes, last));
        return File.Exists(folder.At(path.Split('/')));
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Lines(string path)
    {
        const int MostLines = 10_000;
        var file = folder.At(path.Split('/'));
        return File.Exists(file) ? [.. File.ReadLines(file).Take(MostLines).Select(line => line.Trim()).Where(line => line.Length > 0)] : [];
    }
}
