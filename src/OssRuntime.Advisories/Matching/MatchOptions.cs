using System.Collections.Immutable;
using OssRuntime.Advisories.NameChecks;

namespace OssRuntime.Advisories.Matching;

/// <summary>What an owner has decided about matching.</summary>
public sealed record MatchOptions
{
    /// <summary>The defaults.</summary>
    public static readonly MatchOptions Default = new();

    /// <summary>
    /// Products, or product and cycle (<c>debian</c>, <c>spring-boot 2.7</c>), for which the owner has extended support: their cycles end when that
    /// does. Without it the publisher's end of life for everybody counts.
    /// </summary>
    public ImmutableHashSet<string> ExtendedSupport { get; init; } = [];

    /// <summary>
    /// What an OS package installed is left to its distribution. Where the distribution says nothing at all about that package, true has the language's
    /// own advisories asked after all: fewer gaps, and false alarms where the distribution mends without telling.
    /// </summary>
    public bool AskUpstreamWhereSilent { get; init; }

    /// <summary>
    /// The age of the database's newest record from which on nothing counts as checked against it; null where its age is told and decides nothing.
    /// </summary>
    public TimeSpan? StaleAfter { get; init; }

    /// <summary>Names that the owner keeps for packages of their own.</summary>
    public ImmutableArray<ReservedNames> ReservedNames { get; init; } = [];
}
