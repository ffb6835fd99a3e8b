using System.Collections.Immutable;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Feeds;

/// <summary>An advisory as a feed gives it: what is matched, and what is only shown.</summary>
/// <param name="Advisory">What is matched.</param>
/// <param name="Details">The long text, empty where there is none.</param>
/// <param name="References">Addresses to read on at, in the feed's order.</param>
/// <param name="Trimmed">What was left out of it, a reason each; empty for a sound record.</param>
public sealed record FeedAdvisory(Advisory Advisory, string Details, ImmutableArray<string> References, ImmutableArray<string> Trimmed);
