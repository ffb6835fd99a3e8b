namespace OssRuntime.Advisories.Feeds;

/// <summary>A feed's file that cannot be read, or not to its end; the message is the reason that is shown.</summary>
internal sealed class FeedFileException(string reason) : Exception(reason);
