namespace OssRuntime.Advisories.Feeds.Fetching;

/// <summary>How feeds are fetched.</summary>
public sealed record FetchOptions
{
    /// <summary>Bytes of one file at most; the largest real one, all of a distribution's records, has some hundred million.</summary>
    public long LongestFile { get; init; } = 2L << 30;

    /// <summary>Tries for a file, the first included, where nothing else is said.</summary>
    public const int DefaultTries = 4;

    /// <summary>Tries for a file, the first included.</summary>
    public int Tries { get; init; } = DefaultTries;

    /// <summary>The longest wait that a server may ask for before the next try; one that asks for more is asked again at the next update.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes a second that a server must send, over each span of <see cref="Silence"/>.</summary>
    public int LeastRate { get; init; } = 1 << 10;

    /// <summary>How long one answer may take in all.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a source is kept that its publisher no longer has.</summary>
    public TimeSpan KeptFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long a server may say nothing.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(60);
}
