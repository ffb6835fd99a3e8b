using OssRuntime.Model.Coverage;

namespace OssRuntime.Model.Tests.Coverage;

public sealed class RecordAgeTests
{
    private static readonly DateTimeOffset Newest = new(2026, 11, 1, 23, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-08", 7, null, false)]
    [InlineData("2026-11-09", 8, null, true)]
    [InlineData("2026-10-31", -1, null, false)]
    [InlineData("2026-10-30", null, 2, true)]
    [InlineData(null, null, null, true)]
    public void An_age_that_is_not_known_is_over_every_limit(string? day, int? days, int? ahead, bool over)
    {
        var age = RecordAge.Of(Newest, day is null ? null : DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal((new RecordAge(days, ahead), over), (age, age.IsOver(7)));
        Assert.True(RecordAge.Of(null, new DateOnly(2026, 11, 8)).IsOver(7));
    }
}
