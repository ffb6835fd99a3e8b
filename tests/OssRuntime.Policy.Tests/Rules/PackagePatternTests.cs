using OssRuntime.Model.Packages;
using OssRuntime.Policy.Rules;

namespace OssRuntime.Policy.Tests.Rules;

public sealed class PackagePatternTests
{
    [Theory]
    [InlineData("pkg:npm/lodash", "pkg:npm/lodash@4.17.15", true)]
    [InlineData("pkg:npm/lodash", "pkg:npm/lodash-es@4.17.15", false)]
    [InlineData("pkg:npm/lodash@4.17.15", "pkg:npm/lodash@4.17.15", true)]
    [InlineData("pkg:npm/lodash@4.17.15", "pkg:npm/lodash@4.17.16", false)]
    [InlineData("pkg:npm/lodash <4.17.21", "pkg:npm/lodash@4.17.15", true)]
    [InlineData("pkg:npm/lodash <4.17.21", "pkg:npm/lodash@4.17.21", false)]
    [InlineData("pkg:npm/lodash >=4.0.0, <4.17.21", "pkg:npm/lodash@3.9.0", false)]
    [InlineData("pkg:npm/lodash !=4.17.15", "pkg:npm/lodash@4.17.15", false)]
    [InlineData("pkg:npm/%40acme/*", "pkg:npm/%40acme/core@1.0.0", true)]
    [InlineData("pkg:npm/@acme/*", "pkg:npm/%40acme/core@1.0.0", true)]
    [InlineData("pkg:maven/com.acme/*", "pkg:maven/com.acme/core@1.0", true)]
    [InlineData("pkg:maven/com.acme/*", "pkg:maven/org.acme/core@1.0", false)]
    [InlineData("pkg:deb/debian/openssl <3.0.11-1~deb12u2", "pkg:deb/debian/openssl@3.0.11-1~deb12u1?arch=amd64", true)]
    [InlineData("pkg:deb/debian/openssl <3.0.9", "pkg:deb/debian/openssl@1:1.0?arch=amd64", false)]
    [InlineData("pkg:pypi/django <2.2.28", "pkg:pypi/django@2.2.0", true)]
    [InlineData("pkg:npm/lodash <4", "pkg:npm/lodash", false)]
    [InlineData("pkg:npm/lodash <=4.17.15", "pkg:npm/lodash@4.17.15", true)]
    [InlineData("pkg:npm/lodash <=4.17.15", "pkg:npm/lodash@4.17.16", false)]
    [InlineData("pkg:npm/lodash >=4.17.15", "pkg:npm/lodash@4.17.15", true)]
    [InlineData("pkg:npm/lodash >4.17.15", "pkg:npm/lodash@4.17.15", false)]
    [InlineData("pkg:npm/lodash >4.17.15", "pkg:npm/lodash@4.17.16", true)]
    [InlineData("pkg:npm/lodash =4.17.15", "pkg:npm/lodash@4.17.15", true)]
    [InlineData("pkg:npm/lodash =4.17.15", "pkg:npm/lodash@4.17.16", false)]
    [InlineData("pkg:npm/lodash !=4.17.15", "pkg:npm/lodash@4.17.16", true)]
    [InlineData("pkg:npm/lodash >=4.0.0, <4.17.21", "pkg:npm/lodash@4.17.15", true)]
    [InlineData("pkg:npm/lodash", "pkg:pypi/lodash@4.17.15", false)]
    [InlineData("pkg:n*/lodash", "pkg:npm/lodash@4.17.15", true)]
    [InlineData("pkg:n*/lodash", "pkg:pypi/lodash@4.17.15", false)]
    [InlineData("pkg:npm/lodash@4.*", "pkg:npm/lodash", false)]
    [InlineData("pkg:*/*", "pkg:golang/example.com/x@v1.0.0", true)]
    public void A_pattern_covers_packages_by_name_and_version(string text, string purl, bool covered)
    {
        Assert.True(PackagePattern.TryParse(text, out var pattern, out _));
        Assert.Equal(covered, pattern!.Covers(PackageUrl.Parse(purl)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("lodash")]
    [InlineData("pkg:npm")]
    [InlineData("pkg:npm/lodash 4.17")]
    [InlineData("pkg:npm/lodash <")]
    [InlineData("pkg:npm/lodash@1.0.0 <2.0.0")]
    public void What_is_no_pattern_is_refused_with_a_reason(string? text)
    {
        Assert.False(PackagePattern.TryParse(text, out _, out var error));
        Assert.NotEmpty(error!);
    }

    [Fact]
    public void A_pattern_of_many_stars_does_not_take_for_ever() =>
        Assert.False(NamePattern.Covers(string.Concat(Enumerable.Repeat("*a", 300)) + "b", new string('a', 20_000)));

    [Theory]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    [InlineData("team-*", "team-a", true)]
    [InlineData("team-*", "my-team-a", false)]
    [InlineData("*a*b", "xxaxxbxxb", true)]
    [InlineData("a", "ab", false)]
    public void A_star_stands_for_any_text(string pattern, string text, bool covered) => Assert.Equal(covered, NamePattern.Covers(pattern, text));
}
