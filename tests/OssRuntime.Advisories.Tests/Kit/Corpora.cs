using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Tests.Kit;

/// <summary>
/// What the tests of whole feeds run on: the slice that lies in the repository, everywhere; the real feeds too, where the machine has them. Each database is
/// built once for all tests that ask for it.
/// </summary>
internal static class Corpora
{
    private static readonly Dictionary<string, Task<Corpus>> Built = [];

    /// <summary>The databases of these feeds by name; of all feeds where none is named.</summary>
    public static async Task<IReadOnlyList<Corpus>> OfAsync(params string[] feeds) =>
        SharedFeeds.Root is null ? [await SliceAsync(feeds)] : [await SliceAsync(feeds), await BuildOnceAsync(SharedFeeds.Root, feeds)];

    private static Task<Corpus> SliceAsync(string[] feeds) => BuildOnceAsync(null, feeds);

    private static Task<Corpus> BuildOnceAsync(FeedRoot? real, string[] feeds)
    {
        var key = $"{(real is null ? "slice" : "real")}:{string.Join(',', feeds)}";
        lock (Built)
        {
            return Built.TryGetValue(key, out var built) ? built : Built[key] = BuildAsync(real, feeds);
        }
    }

    private static async Task<Corpus> BuildAsync(FeedRoot? real, string[] feeds)
    {
        // The open file outlives its folder: nothing is left on the disk, however the tests end.
        using var folder = new TemporaryFolder();
        var options = new DatabaseBuildOptions { Feeds = [.. FeedCatalog.All.Where(feed => feeds.Length == 0 || feeds.Contains(feed.Name))] };
        var before = Environment.CpuUsage.TotalTime;
        var info = await new DatabaseBuilder(options).BuildAsync([real ?? FeedSlice.In(folder)], folder.At("corpus.db"));
        var spent = Environment.CpuUsage.TotalTime - before;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"database of {(feeds.Length == 0 ? "all feeds" : string.Join(", ", feeds))}: {info.Advisories} advisories, {info.FileLength / 1048576.0:0.0} MiB, "
            + $"{spent.TotalSeconds:0.0} s of the process's CPU while it was built");
        return new Corpus(real is not null, AdvisoryDatabase.Map(folder.At("corpus.db")), info);
    }
}
