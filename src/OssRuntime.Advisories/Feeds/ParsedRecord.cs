namespace OssRuntime.Advisories.Feeds;

/// <summary>What became of one document: a record, or the reason why it is none.</summary>
internal readonly record struct ParsedRecord(string Name, FeedAdvisory? Advisory, string? Reason);
