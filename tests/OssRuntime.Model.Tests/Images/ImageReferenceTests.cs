using CsCheck;
using OssRuntime.Model.Images;

namespace OssRuntime.Model.Tests.Images;

public sealed class ImageReferenceTests
{
    private const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("nginx", "docker.io/library/nginx:latest")]
    [InlineData("nginx:1.25", "docker.io/library/nginx:1.25")]
    [InlineData("bitnami/redis", "docker.io/bitnami/redis:latest")]
    [InlineData("docker.io/nginx", "docker.io/library/nginx:latest")]
    [InlineData("index.docker.io/library/nginx", "docker.io/library/nginx:latest")]
    [InlineData("localhost/app", "localhost/app:latest")]
    [InlineData("localhost:5000/app:v1", "localhost:5000/app:v1")]
    [InlineData("registry.example.com/team/app/web:v1.0_x", "registry.example.com/team/app/web:v1.0_x")]
    [InlineData("Registry.Example.COM:443/app", "registry.example.com:443/app:latest")]
    [InlineData("MYHOST/app", "MYHOST/app:latest")]
    [InlineData("[::1]:5000/app", "[::1]:5000/app:latest")]
    [InlineData("[2001:DB8::1]/app", "[2001:db8::1]/app:latest")]
    [InlineData("127.0.0.1:5000/app", "127.0.0.1:5000/app:latest")]
    [InlineData("app@sha256:" + Hex, "docker.io/library/app@sha256:" + Hex)]
    [InlineData("host.io/app:v1@sha256:" + Hex, "host.io/app:v1@sha256:" + Hex)]
    [InlineData("a__b/c--d.e", "docker.io/a__b/c--d.e:latest")]
    public void A_name_is_read_as_the_container_world_reads_it(string text, string whole)
    {
        Assert.True(ImageReference.TryParse(text, out var reference, out var reason), reason);
        Assert.Equal(whole, reference!.ToString());
        Assert.True(ImageReference.TryParse(whole, out var again, out _));
        Assert.Equal(reference, again);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" nginx")]
    [InlineData("nginx\n")]
    [InlineData("Nginx")]
    [InlineData("host.io/Team/app")]
    [InlineData("host.io//app")]
    [InlineData("host.io/")]
    [InlineData("/app")]
    [InlineData("app:")]
    [InlineData("app:.tag")]
    [InlineData("app@sha256:abc")]
    [InlineData("app@md5:" + Hex)]
    [InlineData("host..io/app")]
    [InlineData("-host.io/app")]
    [InlineData("host.io:99999/app")]
    [InlineData("host.io:port/app")]
    [InlineData("[::1/app")]
    [InlineData("user@host.io/app")]
    [InlineData("https://host.io/app")]
    [InlineData("host.io/../app")]
    [InlineData("sha256:" + Hex)]
    public void What_is_no_name_is_refused_with_a_reason(string? text)
    {
        Assert.False(ImageReference.TryParse(text, out var reference, out var reason));
        Assert.Null(reference);
        Assert.NotEmpty(reason!);
    }

    [Fact]
    public void A_repository_longer_than_the_limit_is_refused() =>
        Assert.False(ImageReference.TryParse("host.io/" + new string('a', 256), out _, out _));

    [Fact]
    public void At_a_digest_the_tag_is_gone()
    {
        var digest = Digest.Parse("sha256:" + Hex);
        Assert.True(ImageReference.TryParse("host.io/app:v1", out var reference, out _));

        Assert.Equal("host.io/app@sha256:" + Hex, reference!.At(digest).ToString());
    }

    [Fact]
    public void No_text_makes_it_throw_and_what_is_read_reads_back()
    {
        var text = Gen.OneOf(Gen.String, Gen.Char["aB1.:/@-_[]"].Array[0, 30].Select(characters => new string(characters)));

        text.Sample(name => !ImageReference.TryParse(name, out var reference, out _)
            || (ImageReference.TryParse(reference!.ToString(), out var again, out _) && reference.Equals(again)));
    }
}
