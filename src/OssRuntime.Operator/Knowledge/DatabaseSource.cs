namespace OssRuntime.Operator.Knowledge;

/// <summary>Where the advisory database comes from.</summary>
/// <param name="File">The file: somebody else's, or the one that is built here.</param>
/// <param name="Own">The copy of somebody else's file that is in use: nobody else writes to it, and it is there after a restart. The same as <paramref name="File"/> where that is built here.</param>
/// <param name="Feeds">Feed roots that the file is built from; empty where somebody else brings it.</param>
/// <param name="Cache">The folder for copies of feeds.</param>
/// <param name="Interval">How often feeds are asked for news.</param>
/// <param name="EpssPercentile">The percentile from which on exploitation counts as likely.</param>
internal sealed record DatabaseSource(string File, string Own, IReadOnlyList<string> Feeds, string Cache, TimeSpan Interval, int EpssPercentile)
{
    /// <summary>Where the file is pulled from; null where it is built, or brought by somebody else.</summary>
    public DatabaseArtifact? Artifact { get; init; }

    /// <summary>Sources that may lose many records.</summary>
    public IReadOnlyList<string> Accepted { get; init; } = [];
}
