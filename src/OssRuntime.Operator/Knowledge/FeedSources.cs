using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;
using OssRuntime.Advisories.Feeds.Fetching;
using OssRuntime.Kubernetes.Environment;
using OssRuntime.Operator.Metrics;

namespace OssRuntime.Operator.Knowledge;

/// <summary>
/// The feeds that a database is built from: folders as they are, servers and the publishers themselves through copies in the state folder. What
/// cannot be fetched leaves the last good copy, and its age in the metrics.
/// </summary>
internal sealed partial class FeedSources(
    IReadOnlyList<string> names, string cache, DatabaseMetrics metrics, ControllerEnvironment environment)
{
    /// <summary>Stands for the publishers' own addresses.</summary>
    public const string Publishers = "publishers";

    private readonly ILogger _logger = environment.Loggers.CreateLogger<FeedSources>();

    /// <summary>The folders to read now, after fetching what changed; what could not be had; the sources that are gone for good.</summary>
    public async Task<(IReadOnlyList<FeedRoot> Roots, ImmutableArray<FeedTrouble> Troubles, ImmutableHashSet<string> Gone)> RefreshAsync(CancellationToken cancel)
    {
        var roots = new List<FeedRoot>();
        var fetched = new List<FetchResult>();
        foreach (var name in names)
        {
            roots.Add(
                name == Publishers ? await FetchAsync([], fetched, cancel)
                : FeedMirror.IsAddress(name) ? await FetchAsync(FeedMirror.Addresses(name), fetched, cancel)
                : new FeedRoot(name));
        }

        var gone = fetched.SelectMany(result => result.Gone).Where(source => source.LastSuccess is null).Select(source => source.Path);
        return (roots, [.. fetched.SelectMany(result => result.Troubles)], [.. gone]);
    }

    /// <summary>Somebody else brings the files of plain folders: they are as new as their reading.</summary>
    public void Built(DatabaseInfo info)
    {
        if (!names.Any(name => name == Publishers || FeedMirror.IsAddress(name)))
        {
            foreach (var source in info.Sources.Where(source => source.Failures.IsEmpty))
            {
                metrics.FeedRead(source.Name, environment.Time.GetUtcNow());
            }
        }
    }

    private async Task<FeedRoot> FetchAsync(ImmutableArray<Uri> mirrors, List<FetchResult> fetched, CancellationToken cancel)
    {
        // Each file has deadlines of its own.
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var result = await new FeedMirror(http, environment.Time, cache).FetchAsync(mirrors, FeedCatalog.All, null, cancel);
        fetched.Add(result);
        foreach (var failure in result.Failures)
        {
            Log.NotFetched(_logger, failure.Path, failure.Reason ?? "", failure.LastSuccess);
        }

        foreach (var gone in result.Gone)
        {
            Log.Gone(_logger, gone.Path, gone.Reason ?? "");
        }

        foreach (var feed in result.Files.Where(file => file.State is not (FetchState.Missing or FetchState.Gone) || file is { State: FetchState.Missing, LastSuccess: not null }).GroupBy(file => file.Feed, StringComparer.Ordinal))
        {
            // A feed is as old as its oldest file; one that never came has no time at all. Not every server has every file.
            if (feed.All(file => file.LastSuccess is not null))
            {
                metrics.FeedRead(feed.Key, feed.Min(file => file.LastSuccess!.Value));
            }
        }

        return result.Root;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Feed file {Path} was not fetched; the copy from {LastSuccess} is used: {Reason}")]
        public static partial void NotFetched(ILogger logger, string path, string reason, DateTimeOffset? lastSuccess);

        [LoggerMessage(2, LogLevel.Warning, "Source {Path}: {Reason}")]
        public static partial void Gone(ILogger logger, string path, string reason);
    }
}
