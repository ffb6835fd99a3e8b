namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>What became of fetching a file.</summary>
public enum FetchState
{
    /// <summary>It was fetched.</summary>
    New,

    /// <summary>The server says that what is in the cache is still right.</summary>
    Unchanged,

    /// <summary>The server has no such file.</summary>
    Missing,

    /// <summary>It could not be fetched; what is in the cache, if anything, is kept.</summary>
    Failed,

    /// <summary>A whole source that its publisher no longer has.</summary>
    Gone,
}
