using OssRuntime.Advisories.Database;
using OssRuntime.Advisories.Tests.Kit;

namespace OssRuntime.Advisories.Tests.Database;

/// <summary>How old a database is: what is not known is said, and never zero.</summary>
public sealed class DatabaseAgeTests
{
    private static readonly DateTimeOffset Newest = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_newest_record_and_the_file_have_an_age_of_their_own()
    {
        var age = DatabaseAge.Of(Newest, Newest.AddDays(10), Newest.AddDays(100));

        Assert.Equal((TimeSpan.FromDays(100), TimeSpan.FromDays(90), null), (age.NewestRecord, age.File, age.ClockBehind));
        Assert.Equal("newest record 100 days old, file written 90 days ago", age.ToString());
    }

    [Fact]
    public void A_clock_a_month_behind_makes_no_database_fresh()
    {
        var age = DatabaseAge.Of(Newest, Newest.AddDays(1), Newest.AddDays(-30));

        Assert.Equal((null, null, TimeSpan.FromDays(30)), (age.NewestRecord, age.File, age.ClockBehind));
        Assert.Equal("the newest record is 30 days ahead of this machine's clock: its age is not known", age.ToString());
    }

    [Fact]
    public void A_file_older_than_its_newest_record_was_given_another_time()
    {
        var age = DatabaseAge.Of(Newest, DateTimeOffset.UnixEpoch, Newest.AddHours(5));

        Assert.Equal("newest record 5 hours old, age of the file not known", age.ToString());
        Assert.Null(age.File);
    }

    [Fact]
    public void Records_without_instants_have_no_age()
    {
        var age = DatabaseAge.Of(null, Newest, Newest.AddMinutes(3));

        Assert.Equal((null, TimeSpan.FromMinutes(3)), (age.NewestRecord, age.File));
        Assert.Equal("age of the newest record not known, file written 3 minutes ago", age.ToString());
    }

    [Fact]
    public async Task A_database_tells_its_age()
    {
        using var database = await TestDatabase.OfRecordsAsync(Records.Range("GHSA-aaaa-bbbb-cccc", "npm", "left", "introduced 0"));

        var age = database.Database.AgeAt(new DateTimeOffset(2026, 1, 12, 3, 4, 5, TimeSpan.Zero));

        Assert.Equal(TimeSpan.FromDays(10), age.NewestRecord);
    }
}
