using System.Collections.Immutable;
using OssRuntime.Advisories.Feeds;

namespace OssRuntime.Advisories.Database;

/// <summary>What a database is built from.</summary>
public sealed record DatabaseBuildOptions
{
    /// <summary>The feeds that are read, in this order.</summary>
    public ImmutableArray<IFeed> Feeds { get; init; } = FeedCatalog.All;

    /// <summary>The latest instant that a record is believed to be of; null believes all. A later one counts as none.</summary>
    public DateTimeOffset? Latest { get; init; }

    /// <summary>Sources that are read from what they had before, and why, to be written down.</summary>
    public ImmutableDictionary<string, string> Held { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What of the feeds could not be had, to be written down.</summary>
    public ImmutableArray<FeedTrouble> Troubles { get; init; } = [];

    /// <summary>The instant that is written down as the day of building; where none is given, the newest record's stands for it.</summary>
    public DateTimeOffset? At { get; init; }
}
