using CsCheck;
using OssRuntime.Model.Packages;

namespace OssRuntime.Model.Tests.Packages;

public sealed class PackageUrlTests
{
    private static readonly string[] Lines =
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Packages", "testdata", "purl.txt")).Where(line => line.Length > 0 && line[0] != '#')];

    [Fact]
    public void Every_case_of_the_specification_holds() => Assert.DoesNotContain(Lines, line => !Holds(line));

    [Fact]
    public void What_is_printed_reads_back_as_the_same_purl()
    {
        var types = Gen.OneOf(new[] { "npm", "deb", "pypi", "generic", "golang", "maven", "rpm", "huggingface", "cpan", "swift", "unknown" }.Select(Gen.Const).ToArray());
        var text = Gen.OneOf(Gen.String, Gen.Char["aA1@/?#%:&=+_.- é\ud83d\ude00İ"].Array[0, 12].Select(characters => new string(characters)));
        var qualifiers = Gen.Select(Gen.Char["abC._-1"].Array[0, 4].Select(characters => new string(characters)), text).Array[0, 3];

        Gen.Select(types, text, text, text, qualifiers, text).Sample((type, @namespace, name, version, pairs, subpath) =>
        {
            if (PackageUrl.TryCreate(type, @namespace, name, version, pairs, subpath, out var purl, out _))
            {
                var again = PackageUrl.Parse(purl!.ToString());
                Assert.Equal(purl, again);
                Assert.Equal(purl.ToString(), again.ToString());
            }
        });
    }

    [Fact]
    public void No_text_makes_the_parser_throw()
    {
        var changed = Gen.Select(Gen.OneOf(Lines.Select(Gen.Const).ToArray()), Gen.Char["%/@?#:&= \0\ud800"], Gen.Int[0, 200])
            .Select((line, c, at) => line.Insert(at % line.Length, c.ToString())[2..]);

        Gen.OneOf(Gen.String, changed).Sample(text => PackageUrl.TryParse(text, out var purl, out var error) ? error is null && purl is not null : error!.Length > 0);
    }

    [Fact]
    public void Parts_are_decoded()
    {
        var purl = PackageUrl.Parse("pkg:npm/%40angular/animation@12.3.1-%C3%A9?vcs_url=git%2Bhttps:%2F%2Fa#src/%20x");

        Assert.Equal("@angular", purl.Namespace);
        Assert.Equal("animation", purl.Name);
        Assert.Equal("12.3.1-é", purl.Version);
        Assert.Equal("git+https://a", purl.Qualifier("vcs_url"));
        Assert.Null(purl.Qualifier("checksum"));
        Assert.Equal("src/ x", purl.Subpath);
    }

    [Theory]
    [InlineData(null, null, "nginx", "0.8.9", "", "")]
    [InlineData("npm", null, "myartifact", "1.0.0", "in production", "true")]
    [InlineData("maven", null, null, null, "", "")]
    [InlineData("swift", null, "Alamofire", "5.4.3", "", "")]
    [InlineData("otp", "namespace", "hex", "2.1.1", "", "")]
    [InlineData("cpan", null, "Perl-Version", "1.013", "", "")]
    [InlineData("julia", null, "", "1.9.0", "uuid", "1")]
    public void Parts_that_make_no_purl_are_refused(string? type, string? @namespace, string? name, string? version, string key, string value)
    {
        Assert.False(PackageUrl.TryCreate(type, @namespace, name, version, [(key, value)], null, out _, out var error));
        Assert.NotEmpty(error!);
    }

    [Theory]
    [InlineData("pkg:npm/%40Babel/Core@7.0.0", "pkg:npm/%40babel/core@7.0.0")]
    [InlineData("pkg:npm/@babel/core", "pkg:npm/%40babel/core")]
    [InlineData("PKG://PYPI/Django_package@1.11.1.dev1", "pkg:pypi/django-package@1.11.1.dev1")]
    [InlineData("pkg:deb/debian/libstdc++6@12.2.0-14?distro=bookworm&arch=amd64", "pkg:deb/debian/libstdc%2B%2B6@12.2.0-14?arch=amd64&distro=bookworm")]
    [InlineData("pkg:deb/debian/attr@1:2.4.47-2%2Bb1", "pkg:deb/debian/attr@1:2.4.47-2%2Bb1")]
    [InlineData("pkg:generic/a?b=&C=d/e#/./x//../y/", "pkg:generic/a?c=d%2Fe#x/y")]
    [InlineData("pkg:maven//g.h//a@1", "pkg:maven/g.h/a@1")]
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
    [InlineData("pkg:npm/a@1?x=%ff")]
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

    private static bool Holds(string line)
    {
        if (line[0] == '!')
        {
            return !PackageUrl.TryParse(line[2..], out _, out _);
        }

        var parts = line.Split(" -> ");
        return PackageUrl.TryParse(parts[0], out var purl, out _) && purl!.ToString() == parts[1] && PackageUrl.Parse(parts[1]).Equals(purl);
    }
}
