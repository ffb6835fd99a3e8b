using System.Collections.Immutable;

namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>One file of a feed: where it lies, who publishes it, and what must be in it before it takes the place of the last good copy.</summary>
/// <param name="Path">Its path below the feed root, with slashes.</param>
/// <param name="Publishers">Where its publisher has it, and who else has the same file; none for a file that only mirrors have.</param>
public sealed record FeedFile(string Path, ImmutableArray<Uri> Publishers)
{
    /// <summary>A file of one publisher; null for a file that only mirrors have.</summary>
    public FeedFile(string path, Uri? publisher)
        : this(path, publisher is null ? [] : [publisher])
    {
    }

    /// <summary>The property that its JSON object must have, with something in it; null where any object or array with something in it will do.</summary>
    public string? Key { get; init; }

    /// <summary>Who must have it.</summary>
    public FeedFilePresence Presence { get; init; }
}
