using OssRuntime.Inventory.Sboms.Trust;

namespace OssRuntime.Inventory.Tests.Sboms;

/// <summary>Whom a pattern stands for, and above all whom not.</summary>
public sealed class IdentityPatternTests
{
    [Theory]
    [InlineData("release@example.com", "release@example.com")]
    [InlineData("*@example.com", "release@example.com")]
    [InlineData("*@example.com", "@example.com")]
    [InlineData("re*se@*.com", "release@example.com")]
    [InlineData("https://github.com/acme/*/.github/workflows/release.yml@refs/tags/*", "https://github.com/acme/shop/.github/workflows/release.yml@refs/tags/v1.2")]
    [InlineData("*a*b*", "xaaxbb")]
    [InlineData("*", "")]
    [InlineData("what?", "what?")]
    [InlineData("a\\b", "a\\b")]
    public void What_a_pattern_stands_for(string pattern, string identity) => Assert.True(IdentityPattern.Matches(pattern, identity));

    [Theory]
    [InlineData("*@example.com", "x@evil.example/@example.com")]
    [InlineData("*@example.com", "x@y@example.com")]
    [InlineData("*@example.com", "release@example.com.evil.example")]
    [InlineData("*", "release@example.com")]
    [InlineData("https://github.com/acme/*", "https://github.com/acme/shop/.github/workflows/any.yml@refs/heads/x")]
    [InlineData("https://github.com/acme/*/.github/workflows/release.yml@refs/tags/*", "https://github.com/acme/a/b/.github/workflows/release.yml@refs/tags/v1")]
    [InlineData("https://github.com/acme/*@refs/heads/main", "https://github.com/acme/x@refs/heads/evil@refs/heads/main")]
    [InlineData("what?", "whats")]
    [InlineData("Release@example.com", "release@example.com")]
    [InlineData("release@example.com", "")]
    [InlineData("", "release@example.com")]
    public void What_it_does_not_stand_for(string pattern, string identity) => Assert.False(IdentityPattern.Matches(pattern, identity));
}
