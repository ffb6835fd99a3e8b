namespace OssRuntime.Advisories.Database;

/// <summary>How old a database is, seen from one instant. What is not known is null, and never zero.</summary>
/// <param name="NewestRecord">How long ago the newest record was changed; null where no record has an instant, or the clock is behind.</param>
/// <param name="File">How long ago the file was written: built, pulled or copied here; null where the file system does not tell, or the clock is behind.</param>
/// <param name="ClockBehind">By how much this machine's clock is behind the newest record; null where it is not.</param>
public sealed record DatabaseAge(TimeSpan? NewestRecord, TimeSpan? File, TimeSpan? ClockBehind)
{
    /// <summary>Publishers' clocks and ours differ by minutes; more than this is a fault of one of them.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromHours(1);

    /// <summary>The age at an instant.</summary>
    /// <param name="newestRecord">When the newest record was changed.</param>
    /// <param name="writtenAt">When the file was written. One that would be older than its newest record was given another time (in an image layer, say): not known.</param>
    /// <param name="now">The instant.</param>
    internal static DatabaseAge Of(DateTimeOffset? newestRecord, DateTimeOffset writtenAt, DateTimeOffset now)
    {
        var behind = newestRecord - now is { } ahead && ahead > Skew ? ahead : (TimeSpan?)null;
        var age = behind is null ? now - newestRecord : null;
        TimeSpan? file = writtenAt > now + Skew || writtenAt < newestRecord - Skew ? null : now - writtenAt;
        return new DatabaseAge(NotNegative(age), NotNegative(file), behind);
    }

    /// <summary>As people read it: <c>newest record 100 days old, file written 3 hours ago</c>.</summary>
    public override string ToString()
    {
        if (ClockBehind is { } behind)
        {
            return $"the newest record is {Text(behind)} ahead of this machine's clock: its age is not known";
        }

        return (NewestRecord is { } age ? $"newest record {Text(age)} old" : "age of the newest record not known")
            + (File is { } file ? $", file written {Text(file)} ago" : ", age of the file not known");
    }

    private static TimeSpan? NotNegative(TimeSpan? age) => age < TimeSpan.Zero ? TimeSpan.Zero : age;

    private static string Text(TimeSpan span) =>
        span.TotalDays >= 2 ? $"{Math.Floor(span.TotalDays):0} days"
        : span.TotalHours >= 2 ? $"{Math.Floor(span.TotalHours):0} hours"
        : $"{Math.Floor(span.TotalMinutes):0} minutes";
}
