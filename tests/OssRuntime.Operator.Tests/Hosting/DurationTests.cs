using OssRuntime.Operator.Hosting;

namespace OssRuntime.Operator.Tests.Hosting;

public sealed class DurationTests
{
    [Theory]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("24h", 86_400)]
    [InlineData("2d", 172_800)]
    public void A_number_and_a_unit_is_a_duration(string text, int seconds)
    {
        Assert.True(Duration.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("5")]
    [InlineData("-5m")]
    [InlineData("5 m")]
    [InlineData("5w")]
    [InlineData("99999999999h")]
    public void Anything_else_is_none(string text) => Assert.False(Duration.TryParse(text, out _));
}
