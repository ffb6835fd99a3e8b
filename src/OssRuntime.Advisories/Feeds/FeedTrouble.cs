namespace OssRuntime.Advisories.Feeds;

/// <summary>A file of a feed, or a whole source, that could not be had when the database was built.</summary>
/// <param name="Path">Its path below the feed root.</param>
/// <param name="Reason">Why.</param>
/// <param name="CopyFrom">When the copy was had that was read in its place; null where there was none, and its data is missing.</param>
public sealed record FeedTrouble(string Path, string Reason, DateTimeOffset? CopyFrom);
