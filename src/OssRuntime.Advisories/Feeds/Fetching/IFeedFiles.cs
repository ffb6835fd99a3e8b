namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>Where a feed gets its files from: its publisher, or mirrors that are laid out as a feed root. Several files may be fetched at a time.</summary>
public interface IFeedFiles
{
    /// <summary>The present instant.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Brings one file up to date; false where it is not there and was not there before either.</summary>
    Task<bool> FetchAsync(FeedFile file, CancellationToken cancellation);

    /// <summary>The same, and true only where the file is now what the server has.</summary>
    Task<bool> RefreshAsync(FeedFile file, CancellationToken cancellation);

    /// <summary>The same as <see cref="FetchAsync(FeedFile, CancellationToken)"/> for a file of which there is nothing more to say.</summary>
    /// <param name="path">Its path below the feed root, with slashes.</param>
    /// <param name="publisher">Where its publisher has it; null for a file that only mirrors have.</param>
    /// <param name="cancellation">Ends the fetching.</param>
    Task<bool> FetchAsync(string path, Uri? publisher, CancellationToken cancellation) => FetchAsync(new FeedFile(path, publisher), cancellation);

    /// <summary>Says that something is missing that single files do not tell: a list that names nothing, say.</summary>
    void Miss(string path, string reason);

    /// <summary>The lines of a file that was fetched or noted; none where it is not there.</summary>
    /// <param name="path">Its path below the feed root.</param>
    /// <param name="most">How many lines are read at most.</param>
    IEnumerable<string> Lines(string path, int most = 10_000);

    /// <summary>The names of the documents that are there of a folder: loose ones, and those in an archive in it.</summary>
    IEnumerable<string> Documents(string folder, string archive);

    /// <summary>The names of the folders in a folder.</summary>
    IReadOnlyList<string> Folders(string path);

    /// <summary>Writes a file of the feed's own beside the fetched ones.</summary>
    void Note(string path, string text);

    /// <summary>Takes files away that are no longer wanted.</summary>
    void Remove(string folder, Func<string, bool> unwanted);

    /// <summary>
    /// Says that the publisher no longer has a folder, which is a source of its own. It is kept for <see cref="FetchOptions.KeptFor"/> after that was first seen, and then removed.
    /// </summary>
    void Retire(string folder);
}
