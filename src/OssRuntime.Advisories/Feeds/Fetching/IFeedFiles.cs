namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>Where a feed gets its files from: its publisher, or a mirror that is laid out as a feed root.</summary>
public interface IFeedFiles
{
    /// <summary>Brings one file up to date; false where it is not there and was not there before either.</summary>
    /// <param name="path">Its path below the feed root, with slashes.</param>
    /// <param name="publisher">Where its publisher has it.</param>
    /// <param name="cancellation">Ends the fetching.</param>
    Task<bool> FetchAsync(string path, Uri publisher, CancellationToken cancellation);

    /// <summary>The lines of a file that was fetched; none where it is not there.</summary>
    IReadOnlyList<string> Lines(string path);
}
