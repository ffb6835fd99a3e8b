using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Tests.Kit;

/// <summary>Databases of the real feeds, each built once for all tests that ask for it.</summary>
internal static class RealDatabase
{
    private static readonly Dictionary<string, Task<(AdvisoryDatabase, DatabaseInfo)>> Built = [];

    /// <summary>A database of these feeds by name; of all where none is named.</summary>
    public static Task<(AdvisoryDatabase Database, DatabaseInfo Info)> OfAsync(params string[] feeds)
    {
        var key = string.Join(',', feeds);
        lock (Built)
        {
            return Built.TryGetValue(key, out var built) ? built : Built[key] = BuildAsync(feeds);
        }
    }

    private static async Task<(AdvisoryDatabase, DatabaseInfo)> BuildAsync(string[] feeds)
    {
        // The open file outlives its folder: nothing is left on the disk, however the tests end.
        using var folder = new TemporaryFolder();
        var options = new DatabaseBuildOptions { Feeds = [.. FeedCatalog.All.Where(feed => feeds.Length == 0 || feeds.Contains(feed.Name))] };
        var info = await new DatabaseBuilder(options).BuildAsync([SharedFeeds.Root!], folder.At("real.db"));
        return (AdvisoryDatabase.Open(folder.At("real.db")), info);
    }
}
