using System.Collections.Immutable;
using OssRuntime.Advisories.Feeds.EndOfLife;
using OssRuntime.Advisories.Feeds.Epss;
using OssRuntime.Advisories.Feeds.Kev;
using OssRuntime.Advisories.Feeds.Osv;

namespace OssRuntime.Advisories.Feeds;

/// <summary>The one list of all feeds, in the order in which they are read: advisories first, then what is said about their ids.</summary>
public static class FeedCatalog
{
    /// <summary>All feeds.</summary>
    public static ImmutableArray<IFeed> All { get; } = [new OsvFeed(), new KevFeed(), new EpssFeed(), new EndOfLifeFeed()];
}
