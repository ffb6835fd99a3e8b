using System.Collections.Immutable;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>The folder that feeds were fetched into, and what became of each file.</summary>
public sealed record FetchResult(FeedRoot Root, ImmutableArray<FetchedFile> Files)
{
    /// <summary>The files that could not be fetched, and those that should be there and are not.</summary>
    public IEnumerable<FetchedFile> Failures => Files.Where(file => file.IsFailure);

    /// <summary>The same as they are written down in a database.</summary>
    public IEnumerable<FeedTrouble> Troubles => Files.Where(file => file.IsFailure || file.State == FetchState.Gone)
        .Select(file => new FeedTrouble(file.Path, file.Reason ?? "", file.LastSuccess)).OrderBy(trouble => trouble.Path, StringComparer.Ordinal);

    /// <summary>The sources that their publisher no longer has.</summary>
    public IEnumerable<FetchedFile> Gone => Files.Where(file => file.State == FetchState.Gone);
}
