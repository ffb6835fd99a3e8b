namespace OssRuntime.Model.Coverage;

/// <summary>How old the newest record of a database is on a day. An age that is not known is never taken for a small one.</summary>
/// <param name="Days">Whole days since the record was changed; null where that is not known.</param>
/// <param name="DaysAhead">By how many days the record is ahead of the day, where the clock or the record must be wrong; else null.</param>
public readonly record struct RecordAge(int? Days, int? DaysAhead)
{
    // Publishers and readers live in different time zones.
    private const int AllowedAhead = 1;

    /// <summary>The age on a day.</summary>
    /// <param name="newestRecord">When the newest record was changed, or null.</param>
    /// <param name="day">The day, or null.</param>
    public static RecordAge Of(DateTimeOffset? newestRecord, DateOnly? day)
    {
        if (newestRecord is not { } newest || day is not { } today)
        {
            return default;
        }

        var days = today.DayNumber - DateOnly.FromDateTime(newest.UtcDateTime).DayNumber;
        return days < -AllowedAhead ? new RecordAge(null, -days) : new RecordAge(days, null);
    }

    /// <summary>True where it is more than so many days, or not known.</summary>
    public bool IsOver(double most) => Days is not { } days || days > most;
}
