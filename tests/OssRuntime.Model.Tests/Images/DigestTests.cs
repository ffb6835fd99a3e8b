using System.Security.Cryptography;
using OssRuntime.Model.Images;

namespace OssRuntime.Model.Tests.Images;

public sealed class DigestTests
{
    private const string Hex = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void A_digest_has_an_algorithm_and_a_hexadecimal_part()
    {
        var digest = Digest.Parse("sha256:" + Hex);

        Assert.Equal("sha256", digest.Algorithm);
        Assert.Equal(Hex, digest.Hex);
        Assert.Equal("sha256:" + Hex, digest.ToString());
        Assert.Equal(digest, Digest.OfSha256(SHA256.HashData([])));
        Assert.Equal("sha512", Digest.Parse("sha512:" + Hex + Hex).Algorithm);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256:")]
    [InlineData("sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85")]
    [InlineData("sha256:../../../../../../../../../../../../../../../../../../../../../etc")]
    [InlineData("md5:d41d8cd98f00b204e9800998ecf8427e")]
    [InlineData("sha512:" + Hex)]
    public void Nothing_else_is_a_digest(string? text)
    {
        Assert.False(Digest.TryParse(text, out var digest));
        Assert.True(digest.IsEmpty);
    }

    [Fact]
    public void The_default_names_nothing()
    {
        Assert.Equal("", default(Digest).Value);
        Assert.Equal("", default(Digest).Hex);
        Assert.Equal("", default(Digest).Algorithm);
    }

    [Fact]
    public void A_hash_of_another_length_is_refused() => Assert.Throws<ArgumentException>(() => Digest.OfSha256([1, 2, 3]));
}
