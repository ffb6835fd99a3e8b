namespace OssRuntime.Advisories.Feeds;

/// <summary>A record that cannot be used; the message is the reason that is shown.</summary>
internal sealed class FeedRecordException(string reason) : Exception(reason);
