namespace OssRuntime.Advisories.Feeds;

/// <summary>Makes an advisory of one document.</summary>
/// <param name="document">Its bytes, valid during the call.</param>
/// <param name="source">The source that the advisory is from.</param>
/// <exception cref="FeedRecordException">There is none in it; the message says why.</exception>
internal delegate FeedAdvisory RecordParser(ReadOnlyMemory<byte> document, string source);
