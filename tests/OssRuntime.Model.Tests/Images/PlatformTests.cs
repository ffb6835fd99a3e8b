using OssRuntime.Model.Images;

namespace OssRuntime.Model.Tests.Images;

public sealed class PlatformTests
{
    [Theory]
    [InlineData("linux/amd64", "linux/amd64")]
    [InlineData("Linux/x86_64", "linux/amd64")]
    [InlineData("linux/aarch64", "linux/arm64")]
    [InlineData("linux/arm64/v8", "linux/arm64/v8")]
    [InlineData("linux/armhf", "linux/arm/v7")]
    [InlineData("linux/armel", "linux/arm/v6")]
    [InlineData("linux/i386", "linux/386")]
    [InlineData("linux/i686", "linux/386")]
    [InlineData("linux/x86-64", "linux/amd64")]
    [InlineData("windows/amd64", "windows/amd64")]
    public void A_platform_is_read_in_words_of_Go(string text, string expected)
    {
        Assert.True(Platform.TryParse(text, out var platform));
        Assert.Equal(expected, platform.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("linux")]
    [InlineData("linux/")]
    [InlineData("/amd64")]
    [InlineData("linux/arm/v7/x")]
    [InlineData("linux/a b")]
    public void What_is_no_platform_is_refused(string? text) => Assert.False(Platform.TryParse(text, out _));

    [Theory]
    [InlineData("linux/arm64", "linux/arm64/v8", true)]
    [InlineData("linux/arm64/v8", "linux/arm64", true)]
    [InlineData("linux/arm/v7", "linux/arm/v6", false)]
    [InlineData("linux/amd64", "linux/arm64", false)]
    [InlineData("linux/amd64", "windows/amd64", false)]
    public void A_missing_variant_matches_any(string wanted, string offered, bool accepts)
    {
        Assert.True(Platform.TryParse(wanted, out var platform));
        Assert.True(Platform.TryParse(offered, out var other));
        Assert.Equal(accepts, platform.Accepts(other));
    }
}
