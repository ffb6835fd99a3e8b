using OssRuntime.Advisories.Feeds.Fetching;

namespace OssRuntime.Advisories.Feeds;

/// <summary>One publisher's data in one format: where its files are, and how they are read.</summary>
public interface IFeed
{
    /// <summary>A short name, which is also its folder under a feed root: <c>osv</c>, <c>kev</c>.</summary>
    string Name { get; }

    /// <summary>The folder under a feed root that all its files are in.</summary>
    string Folder => Name;

    /// <summary>Brings the feed's files up to date. A feed that is only ever given as files fetches nothing.</summary>
    Task FetchAsync(IFeedFiles files, CancellationToken cancellation);

    /// <summary>
    /// Reads all that lies under <paramref name="root"/> record by record, in an order that depends on the files alone, and gives it to
    /// <paramref name="sink"/>. Nothing there is no error. A broken record goes to <see cref="IFeedSink.Skip"/>, a broken file to
    /// <see cref="IFeedSink.Fail"/>; neither ends the reading.
    /// </summary>
    Task ReadAsync(FeedRoot root, IFeedSink sink, CancellationToken cancellation);
}
