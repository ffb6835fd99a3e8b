using OssRuntime.Policy.Rules;

namespace OssRuntime.Policy.Tests.Rules;

/// <summary>However an image is written, a policy for it is for it; and one for another is not.</summary>
public sealed class ImagePatternTests
{
    private static readonly string[] Nginx =
    [
        "nginx", "nginx:latest", "library/nginx", "docker.io/nginx", "docker.io/library/nginx:latest", "index.docker.io/library/nginx", "index.docker.io/nginx:latest", "DOCKER.IO/library/nginx",
        "Index.Docker.IO/nginx", "docker.io:443/library/nginx",
    ];

    public static TheoryData<string, string> Pairs => [.. Nginx.SelectMany(pattern => Nginx.Select(image => (pattern, image)))];

    [Theory]
    [MemberData(nameof(Pairs))]
    public void All_ways_to_write_an_image_are_one(string pattern, string image) => Assert.True(ImagePattern.CoversAny([pattern], image));

    [Theory]
    [InlineData("registry.example/shop/*", "REGISTRY.example/shop/web:1")]
    [InlineData("REGISTRY.example/shop/*", "registry.example:443/shop/web:1")]
    [InlineData("registry.example:443/shop/*", "registry.example/shop/web:1")]
    [InlineData("registry.example:5000/*", "registry.example:5000/web")]
    [InlineData("localhost/*", "localhost/web")]
    [InlineData("nginx:1.*", "docker.io/library/nginx:1.25")]
    [InlineData("docker.io/*", "nginx")]
    [InlineData("docker.io/library/*", "nginx")]
    [InlineData("bitnami/*", "index.docker.io/bitnami/redis:7")]
    [InlineData("*/nginx:*", "nginx:1.25")]
    [InlineData("*", "not an image@@")]
    [InlineData("not an*", "not an image@@")]
    public void A_pattern_covers(string pattern, string image) => Assert.True(ImagePattern.CoversAny([pattern], image));

    [Theory]
    [InlineData("nginx", "registry.example/nginx")]
    [InlineData("nginx", "nginx:1.25")]
    [InlineData("nginx", "bitnami/nginx")]
    [InlineData("docker.io/*", "registry.example/docker.io/nginx")]
    [InlineData("registry.example/*", "registry.example:5000/web")]
    [InlineData("library/nginx", "registry.example/library/nginx")]
    public void A_pattern_does_not_cover(string pattern, string image) => Assert.False(ImagePattern.CoversAny([pattern], image));

    [Fact]
    public void No_pattern_covers_nothing() => Assert.False(ImagePattern.CoversAny([], "nginx"));
}
