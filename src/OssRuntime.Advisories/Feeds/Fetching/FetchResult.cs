using System.Collections.Immutable;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>The folder that feeds were fetched into, and what became of each file.</summary>
public sealed record FetchResult(FeedRoot Root, ImmutableArray<FetchedFile> Files)
{
    /// <summary>The files that could not be fetched.</summary>
    public IEnumerable<FetchedFile> Failures => Files.Where(file => file.State == FetchState.Failed);
}
