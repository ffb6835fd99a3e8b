namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>Who must have a file: where it is not there, the feed is incomplete, and users are told.</summary>
public enum FeedFilePresence
{
    /// <summary>Its publisher, and whoever had it before. A mirror need not have every feed.</summary>
    Publisher,

    /// <summary>Everybody who is asked: another file names it.</summary>
    Everybody,

    /// <summary>Nobody: it is asked for because it may be there.</summary>
    Nobody,
}
