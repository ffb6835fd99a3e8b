using OssRuntime.Operator.Keys;

namespace OssRuntime.Operator.Tests.Keys;

public sealed class ImageIdentityTests
{
    private static readonly string Hash = "sha256:" + new string('4', 64);

    [Theory]
    [InlineData("registry.example/shop/web:1", "registry.example/shop/web@{0}", "registry.example/shop/web@{0}")]
    [InlineData("nginx", "docker-pullable://docker.io/library/nginx@{0}", "docker.io/library/nginx@{0}")]
    [InlineData("registry.example/b:1", "registry.example/a@{0}", "registry.example/b@{0} registry.example/a@{0}")]
    [InlineData("no such name!", "registry.example/a@{0}", "registry.example/a@{0}")]
    [InlineData("registry.example/a@{0}", "sha256:1234", "registry.example/a@{0}")]
    public void The_places_that_may_hold_an_image_are_read_from_spec_and_status(string spec, string imageId, string expected)
    {
        var references = ImageIdentity.References(Filled(spec), Filled(imageId), out var reason);
        Assert.Null(reason);
        Assert.Equal(Filled(expected), string.Join(' ', references));
    }

    [Theory]
    [InlineData("local:dev", "docker://sha256:0123")]
    [InlineData("local:dev", "{0}")]
    [InlineData("local:dev", "registry.example/a@sha256:short")]
    public void An_image_that_no_registry_knows_is_told_apart(string spec, string imageId)
    {
        Assert.Empty(ImageIdentity.References(spec, Filled(imageId), out var reason));
        Assert.Contains("no repository digest", reason, StringComparison.Ordinal);
    }

    private static string Filled(string text) => text.Replace("{0}", Hash, StringComparison.Ordinal);
}
