using OssRuntime.Advisories.Database;

namespace OssRuntime.Cli.Scanning;

/// <summary>Which advisory database a scan was matched against, and how old it is.</summary>
/// <param name="Generation">The generation's name.</param>
/// <param name="NewestRecord">When its newest record was changed, or null where no record has a date.</param>
/// <param name="Advisories">How many advisories it holds.</param>
/// <param name="FileWritten">When its file was written.</param>
/// <param name="Day">The day of the scan, which ages are counted to.</param>
internal sealed record DatabaseSummary(string Generation, DateTimeOffset? NewestRecord, long Advisories, DateTimeOffset FileWritten, DateOnly Day)
{
    /// <summary>From this age on the age is told as a warning: publishers write every day.</summary>
    public const int OldAfterDays = 7;

    /// <summary>Days since the newest record; negative where that lies behind the day of the scan, null where no record has a date.</summary>
    public int? NewestRecordDays => NewestRecord is { } newest ? DaysSince(newest) : null;

    /// <summary>Days since the file was written.</summary>
    public int FileDays => DaysSince(FileWritten);

    /// <summary>The ages in a clause: "newest record 100 days old, file 3 days old".</summary>
    public string Ages => NewestRecordDays switch
    {
        null => $"no record has a date, file {Old(FileDays)}",
        < 0 and var days => $"newest record {Old(days)}: the clock or a record is wrong; file {Old(FileDays)}",
        { } days => $"newest record {Old(days)}, file {Old(FileDays)}",
    };

    /// <summary>True where the age must not be overlooked.</summary>
    public bool IsOld => NewestRecordDays is null or < -1 or > OldAfterDays;

    /// <summary>Describes an open database.</summary>
    /// <param name="database">The database.</param>
    /// <param name="path">Its file.</param>
    /// <param name="day">The day of the scan.</param>
    public static DatabaseSummary Of(AdvisoryDatabase database, string path, DateOnly day) =>
        new(database.Generation, database.Info.NewestRecord, database.Info.Advisories, new DateTimeOffset(File.GetLastWriteTimeUtc(path)), day);

    private int DaysSince(DateTimeOffset time) => Day.DayNumber - DateOnly.FromDateTime(time.UtcDateTime).DayNumber;

    private static string Old(int days) => days < 0 ? $"{-days} days in the future" : days == 1 ? "1 day old" : $"{days} days old";
}
