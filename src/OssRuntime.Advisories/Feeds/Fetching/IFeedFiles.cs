namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>Where a feed gets its files from: its publisher, or mirrors that are laid out as a feed root.</summary>
public interface IFeedFiles
{
    /// <summary>The present instant.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Brings one file up to date; false where it is not there and was not there before either.</summary>
    /// <param name="path">Its path below the feed root, with slashes.</param>
    /// <param name="publisher">Where its publisher has it; null for a file that only mirrors have.</param>
    /// <param name="cancellation">Ends the fetching.</param>
    Task<bool> FetchAsync(string path, Uri? publisher, CancellationToken cancellation);

    /// <summary>The same, and true only where the file is now what the server has.</summary>
    Task<bool> RefreshAsync(string path, Uri? publisher, CancellationToken cancellation);

    /// <summary>The lines of a file that was fetched or noted; none where it is not there.</summary>
    /// <param name="path">Its path below the feed root.</param>
    /// <param name="most">How many lines are read at most.</param>
    IEnumerable<string> Lines(string path, int most = 10_000);

    /// <summary>Writes a file of the feed's own beside the fetched ones.</summary>
    void Note(string path, string text);

    /// <summary>Takes files away that are no longer wanted.</summary>
    void Remove(string folder, Func<string, bool> unwanted);
}
