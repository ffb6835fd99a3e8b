using System.Collections.Immutable;
using OssRuntime.Model.Advisories;

namespace OssRuntime.Advisories.Feeds;

/// <summary>An advisory as a feed gives it: what is matched, and what is only shown.</summary>
/// <param name="Advisory">What is matched.</param>
/// <param name="Details">The long text, empty where there is none.</param>
/// <param name="References">Addresses to read on at, in the feed's order.</param>
/// <param name="Trimmed">What was left out of it, a reason each; empty for a sound record.</param>
public sealed record FeedAdvisory(Advisory Advisory, string Details, ImmutableArray<string> References, ImmutableArray<string> Trimmed)
{
    /// <summary>
    /// What tells this record from others of the same publisher with the same id, where the publisher has no ids of its own and writes of a CVE
    /// package by package: the package or the file. Empty where the id says it all.
    /// </summary>
    public string Part { get; init; } = "";

    /// <summary>True for a record that only adds to what others say about its flaw: it is kept where some record before it names the id.</summary>
    public bool OnlyAdds { get; init; }

    /// <summary>CISA's assessment of the flaw, or null.</summary>
    public SsvcAssessment? Ssvc { get; init; }

    /// <summary>Addresses at which exploits of the flaw are published, in the feed's order.</summary>
    public ImmutableArray<string> Exploits { get; init; } = [];
}
