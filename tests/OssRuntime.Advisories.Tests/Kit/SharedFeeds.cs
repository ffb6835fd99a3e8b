using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Tests.Kit;

/// <summary>
/// Real feeds, where the machine has them: <c>feeds</c> in the folder that OSSRUNTIME_SHARED names, or <c>shared/feeds</c> beside the checkout or one
/// of its parents. <see cref="Corpora"/> runs the tests on them besides the slice.
/// </summary>
internal static class SharedFeeds
{
    public static FeedRoot? Root { get; } = Find();

    private static FeedRoot? Find()
    {
        if (Environment.GetEnvironmentVariable("OSSRUNTIME_SHARED") is { Length: > 0 } named)
        {
            var feeds = Path.Combine(named, "feeds");
            return Directory.Exists(feeds) ? new FeedRoot(feeds) : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var feeds = Path.Combine(folder.FullName, "shared", "feeds");
            if (Directory.Exists(Path.Combine(feeds, "osv")))
            {
                return new FeedRoot(feeds);
            }
        }

        return null;
    }
}
