using System.Collections.Immutable;
using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Database;

/// <summary>What a database is built from.</summary>
public sealed record DatabaseBuildOptions
{
    /// <summary>The feeds that are read, in this order.</summary>
    public ImmutableArray<IFeed> Feeds { get; init; } = FeedCatalog.All;

    /// <summary>The instant that is written down as the day of building; where none is given, the newest record's stands for it.</summary>
    public DateTimeOffset? At { get; init; }
}
