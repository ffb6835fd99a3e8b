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
        var before = Environment.CpuUsage.TotalTime;
        var info = await new DatabaseBuilder(options).BuildAsync([SharedFeeds.Root!], folder.At("real.db"));
        var spent = Environment.CpuUsage.TotalTime - before;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"database of {(feeds.Length == 0 ? "all feeds" : string.Join(", ", feeds))}: {info.Advisories} advisories, {info.FileLength / 1048576.0:0.0} MiB, "
            + $"{spent.TotalSeconds:0.0} s of the process's CPU while it was built");
        return (AdvisoryDatabase.Open(folder.At("real.db")), info);
    }
}
