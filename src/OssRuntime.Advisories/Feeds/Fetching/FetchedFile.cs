namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>One file of a feed and what became of fetching it.</summary>
/// <param name="Feed">The feed.</param>
/// <param name="Path">The file's path below the feed root.</param>
/// <param name="State">What became of it.</param>
/// <param name="Reason">Why it failed, or null.</param>
/// <param name="Bytes">Bytes that were received.</param>
/// <param name="LastSuccess">When the server last gave it or said that it is unchanged; null where it never did.</param>
public sealed record FetchedFile(string Feed, string Path, FetchState State, string? Reason, long Bytes, DateTimeOffset? LastSuccess)
{
    /// <summary>True for a missing file that should be there.</summary>
    public bool Expected { get; init; }

    /// <summary>True where the feed is not complete, or not up to date, without it.</summary>
    public bool IsFailure => State == FetchState.Failed || (State == FetchState.Missing && Expected);
}
