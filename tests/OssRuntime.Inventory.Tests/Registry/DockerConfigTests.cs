using System.Text;
using OssRuntime.Inventory.Registry;

namespace OssRuntime.Inventory.Tests.Registry;

public sealed class DockerConfigTests
{
    [Theory]
    [InlineData("registry.example", "registry.example", "a", true)]
    [InlineData("https://registry.example", "registry.example", "a", true)]
    [InlineData("https://registry.example/v2/", "registry.example", "a", true)]
    [InlineData("registry.example/v1/", "registry.example", "a", true)]
    [InlineData("REGISTRY.example", "registry.EXAMPLE", "a", true)]
    [InlineData("registry.example", "registry.example:5000", "a", false)]
    [InlineData("registry.example:5000", "registry.example:5000", "a", true)]
    [InlineData("registry.example:5000", "registry.example:5001", "a", false)]
    [InlineData("*.registry.example", "eu.registry.example", "a", true)]
    [InlineData("*.registry.example", "registry.example", "a", false)]
    [InlineData("*.registry.example", "a.b.registry.example", "a", false)]
    [InlineData("eu-*.registry.example", "eu-west.registry.example", "a", true)]
    [InlineData("*", "registry.example", "a", false)]
    [InlineData("*.*", "registry.example", "a", true)]
    [InlineData("registry.example/team", "registry.example", "team/app", true)]
    [InlineData("registry.example/team", "registry.example", "other/app", false)]
    [InlineData("registry.example/team/app", "registry.example", "team/app", true)]
    [InlineData("https://index.docker.io/v1/", "docker.io", "library/debian", true)]
    [InlineData("docker.io", "docker.io", "library/debian", true)]
    [InlineData("index.docker.io/team", "docker.io", "team/app", true)]
    [InlineData("index.docker.io/team", "docker.io", "library/debian", false)]
    [InlineData("registry.example.evil", "registry.example", "a", false)]
    public void Keys_fit_as_they_do_for_the_kubelet(string key, string registry, string repository, bool fits) =>
        Assert.Equal(fits ? 1 : 0, Parse($$$$"""{"auths":{"{{{{key}}}}":{"username":"u","password":"p"}}}""").Find(registry, repository).Count);

    [Fact]
    public void The_most_particular_key_comes_first()
    {
        var config = Parse("""{"auths":{"*.example":{"username":"1"},"r.example":{"username":"2"},"r.example/team":{"username":"3"},"r.example/team/app":{"username":"4"}}}""");

        Assert.Equal(["4", "3", "2", "1"], config.Find("r.example", "team/app").Select(c => c.Username));
    }

    [Theory]
    [InlineData("dTpwOnE=", "u", "p:q")]
    [InlineData("dTpwOnE", "u", "p:q")]
    [InlineData("dTpwAAA=", "u", "p")]
    [InlineData("dTo=", "u", "")]
    public void The_pair_in_base64_is_read_with_or_without_padding(string auth, string username, string password)
    {
        var credential = Assert.Single(Parse($$$$"""{"auths":{"r.example":{"auth":"{{{{auth}}}}"}}}""").Find("r.example", "a"));

        Assert.Equal((username, password), (credential.Username, credential.Password));
    }

    [Theory]
    [InlineData("""{"auths":{"r.example":{"auth":"%%%"}}}""")]
    [InlineData("""{"auths":{"r.example":{"auth":"bm9jb2xvbg=="}}}""")]
    [InlineData("""{"auths":{"r.example":{}}}""")]
    [InlineData("""{"auths":{"r.example":"text"}}""")]
    [InlineData("""{"auths":{"":{"username":"u"}}}""")]
    [InlineData("""{"auths":{},"credHelpers":{"r.example":"ecr-login"},"credsStore":"x"}""")]
    public void What_says_nothing_usable_is_passed_over(string json) => Assert.Empty(Parse(json).Find("r.example", "a"));

    [Fact]
    public void The_old_form_without_auths_is_read() =>
        Assert.Equal("u", Assert.Single(Parse("""{"https://r.example":{"auth":"dTpw","email":"e"}}""").Find("r.example", "a")).Username);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("password: hunter2")]
    public void What_is_no_configuration_is_told_without_a_quote(string text)
    {
        Assert.False(DockerConfig.TryParse(Encoding.UTF8.GetBytes(text), out _, out var reason));
        Assert.DoesNotContain("hunter2", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"auths\":{\"r.\u00BF.example\":{\"auth\":\"dTpw\"}}}")]
    [InlineData("{\"auths\":{\"r.example\":{\"auth\":\"\u00BF\"}}}")]
    public void A_text_that_is_no_UTF8_is_told(string latin)
    {
        Assert.False(DockerConfig.TryParse(Encoding.Latin1.GetBytes(latin), out var config, out var reason));
        Assert.Equal((null, "it is not JSON"), (config, reason));
    }

    [Fact]
    public void A_credential_prints_without_its_secrets() =>
        Assert.Equal("credential of 'u'", $"{new RegistryCredential { Username = "u", Password = "hunter2", IdentityToken = "t" }}");

    private static DockerConfig Parse(string json)
    {
        Assert.True(DockerConfig.TryParse(Encoding.UTF8.GetBytes(json), out var config, out var reason), reason);
        return config!;
    }
}
