using OssRuntime.Model.Packages;

namespace OssRuntime.Model.Tests.Packages;

public sealed class PackageUrlTests
{
    [Theory]
    [InlineData("pkg:npm/%40Babel/Core@7.0.0", "pkg:npm/%40babel/core@7.0.0")]
    [InlineData("pkg:npm/@babel/core", "pkg:npm/%40babel/core")]
    [InlineData("PKG://PYPI/Django_package@1.11.1.dev1", "pkg:pypi/django-package@1.11.1.dev1")]
    [InlineData("pkg:deb/debian/libstdc++6@12.2.0-14?distro=bookworm&arch=amd64", "pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?arch=amd64&distro=bookworm")]
    [InlineData("pkg:deb/debian/attr@1:2.4.47-2%2Bb1", "pkg:deb/debian/attr@1:2.4.47-2%2Bb1")]
    [InlineData("pkg:generic/a?b=&C=d/e#/./x//../y/", "pkg:generic/a?c=d%2Fe#x/y")]
    [InlineData("pkg:maven//g.h//a/@1", "pkg:maven/g.h/a@1")]
    public void A_text_is_brought_into_canonical_form(string text, string canonical) =>
        Assert.Equal(canonical, PackageUrl.Parse(text).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("npm/left-pad@1")]
    [InlineData("pkg:left-pad@1")]
    [InlineData("pkg:maven/@1.3.4")]
    [InlineData("pkg:n&g?inx/nginx@0.8.9")]
    [InlineData("pkg:3nginx/nginx@0.8.9")]
    [InlineData("pkg%3Amaven/org.apache.commons/io")]
    [InlineData("pkg:npm/a@1?in%20production=true")]
    [InlineData("pkg:npm/a@1?x=1&X=2")]
    [InlineData("pkg:npm/a@%zz")]
    [InlineData("pkg:npm/a@%ff")]
    [InlineData("pkg:generic/a%2Fb/c")]
    [InlineData("pkg:generic/a#b%2Fc")]
    public void A_text_that_is_none_is_refused_with_a_reason(string? text)
    {
        Assert.False(PackageUrl.TryParse(text, out var purl, out var error));
        Assert.Null(purl);
        Assert.NotEmpty(error!);
    }

    [Fact]
    public void Two_purls_are_equal_when_their_canonical_texts_are()
    {
        var one = PackageUrl.Parse("pkg:deb/debian/curl@7.88?distro=bookworm&arch=amd64");
        var other = PackageUrl.Of("deb", "debian", "curl", "7.88", ("arch", "amd64"), ("distro", "bookworm"));

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, one with { Version = "7.89" });
    }

    [Fact]
    public void A_copy_with_another_version_prints_that_version()
    {
        var purl = PackageUrl.Of("npm", null, "left-pad", "1.0.0");
        _ = purl.ToString();

        Assert.Equal("pkg:npm/left-pad@1.3.0", (purl with { Version = "1.3.0" }).ToString());
    }

    [Fact]
    public void A_text_longer_than_the_limit_is_refused() =>
        Assert.False(PackageUrl.TryParse("pkg:npm/" + new string('a', PackageUrl.LongestText), out _, out _));
}
