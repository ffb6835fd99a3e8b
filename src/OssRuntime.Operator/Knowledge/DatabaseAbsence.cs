namespace OssRuntime.Operator.Knowledge;

/// <summary>
/// Why there is no advisory database, and whether one is about to come. As long as one is being built from feeds after a start, reports of before stay as they are; later,
/// or where nobody builds one, they stay and say that they are stale.
/// </summary>
/// <param name="keeper">Knows what is wrong with the file or the feeds.</param>
/// <param name="isBuilt">Whether a database is built here.</param>
/// <param name="time">The clock.</param>
internal sealed class DatabaseAbsence(DatabaseKeeper keeper, bool isBuilt, TimeProvider time)
{
    /// <summary>The reason of conditions, events and facts.</summary>
    public const string Reason = "NoDatabase";

    // The first build from the publishers takes minutes. The alert on a missing database waits as long.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    private readonly DateTimeOffset _since = time.GetUtcNow();

    /// <summary>The reason in a sentence.</summary>
    public string Message => keeper.Trouble is { } trouble ? $"there is no advisory database: {trouble}" : "there is no advisory database yet";

    /// <summary>True where there is a file that cannot be opened, nobody builds another, and no earlier one is in use: a wrong setting, or a broken file.</summary>
    public bool IsRefused => !isBuilt && keeper.HasNoDatabase && keeper.IsFileThere;

    /// <summary>How long to wait for the database before its absence is told; zero where it is not waited for.</summary>
    public TimeSpan Wait => isBuilt && _since + LongestWait - time.GetUtcNow() is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
