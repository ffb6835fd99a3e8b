using System.Collections.Immutable;
using System.IO.Hashing;
using System.Text;
using OssRuntime.Advisories.Files;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>
/// Keeps copies of feeds in a folder: from their publishers, or from any server that has a feed root. Only what changed is sent again (ETag,
/// Last-Modified), what broke off goes on where it broke off, a server's Retry-After is honoured, and a file that cannot be fetched or is not what it
/// should be leaves the last good copy in place.
/// </summary>
/// <param name="http">Sends the requests.</param>
/// <param name="time">The clock of waits and of ages.</param>
/// <param name="cache">The folder of the copies; each root has one of its own below it.</param>
/// <param name="options">Bounds.</param>
public sealed class FeedMirror(HttpClient http, TimeProvider time, string cache, FetchOptions? options = null)
{
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private readonly FetchOptions _options = options ?? new FetchOptions();

    /// <summary>True for a text that is the address of a feed root, and not a folder. Addresses with commas between them are mirrors of one root.</summary>
    public static bool IsAddress(string text) => text.Split(',').All(part =>
        Uri.TryCreate(part, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps));

    /// <summary>The addresses in such a text.</summary>
    public static ImmutableArray<Uri> Addresses(string text) => [.. text.Split(',').Select(part => new Uri(part))];

    /// <summary>Brings the copies up to date.</summary>
    /// <param name="root">The feed root's address; null for the publishers themselves.</param>
    /// <param name="feeds">The feeds to fetch.</param>
    /// <param name="progress">Told each file's path as its fetching begins.</param>
    /// <param name="cancellation">Ends the fetching; files that were fetched stay.</param>
    public Task<FetchResult> FetchAsync(
        Uri? root, IEnumerable<IFeed> feeds, IProgress<string>? progress = null, CancellationToken cancellation = default) =>
        FetchAsync(root is null ? [] : [root], feeds, progress, cancellation);

    /// <summary>The same from several servers that have one feed root: each file from the first that gives it.</summary>
    /// <param name="mirrors">The root's addresses in the order in which they are asked; none for the publishers themselves.</param>
    /// <param name="feeds">The feeds to fetch.</param>
    /// <param name="progress">Told each file's path as its fetching begins.</param>
    /// <param name="cancellation">Ends the fetching; files that were fetched stay.</param>
    public async Task<FetchResult> FetchAsync(
        ImmutableArray<Uri> mirrors, IEnumerable<IFeed> feeds, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        var name = mirrors.IsEmpty ? "publishers" : Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(string.Join(',', mirrors.Select(root => root.AbsoluteUri)))));
        var folder = new FeedRoot(Path.Combine(cache, name));
        using var work = await WorkLock.TakeAsync(folder.Directory, "fetching feeds", time, Patience, cancellation);
        var log = new FetchLog(time, progress);
        foreach (var feed in feeds)
        {
            var fetcher = new FileFetcher(http, time, _options, folder, mirrors);
            await feed.FetchAsync(new FeedFiles(feed.Name, fetcher, folder, _options, log), cancellation);
        }

        return new FetchResult(folder, log.ToImmutable());
    }
}
