using OssRuntime.Advisories.Database;

namespace OssRuntime.Cli.Scanning;

/// <summary>Which advisory database a scan was matched against, and how old it is.</summary>
/// <param name="Generation">The generation's name.</param>
/// <param name="NewestRecord">When its newest record was changed, or null where no record has a date.</param>
/// <param name="Advisories">How many advisories it holds.</param>
/// <param name="Age">How old it was at the time of the scan.</param>
internal sealed record DatabaseSummary(string Generation, DateTimeOffset? NewestRecord, long Advisories, DatabaseAge Age)
{
    // Publishers write every day: from this age on it must not be overlooked.
    private static readonly TimeSpan OldAfter = TimeSpan.FromDays(7);

    /// <summary>True where the age is too great to be overlooked, or not known.</summary>
    public bool IsOld => Age.NewestRecord is not { } age || age > OldAfter;

    /// <summary>Describes an open database as of an instant.</summary>
    public static DatabaseSummary Of(AdvisoryDatabase database, DateTimeOffset now) =>
        new(database.Generation, database.Info.NewestRecord, database.Info.Advisories, database.AgeAt(now));
}
