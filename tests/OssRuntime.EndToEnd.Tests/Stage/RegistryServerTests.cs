using System.Net;
using OssRuntime.Stage.Images;
using OssRuntime.Stage.Registries;

namespace OssRuntime.EndToEnd.Tests.Stage;

public sealed class RegistryServerTests
{
    [Fact]
    public async Task It_serves_what_was_pushed_and_counts_what_it_was_asked()
    {
        await using var registry = await RegistryServer.StartAsync(new RegistryOptions());
        var shelf = await ImageShelf.EnsureAsync(["alpine"], Console.Out);
        var pushed = await shelf.PushAsync("alpine", registry, "platform/alpine:3.18");

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{registry.Address}/v2/platform/alpine/manifests/3.18");
        request.Headers.Accept.ParseAdd("application/vnd.oci.image.manifest.v1+json");
        using var answer = await http.SendAsync(request);

        Assert.Equal(pushed.Digest, Assert.Single(answer.Headers.GetValues("Docker-Content-Digest")));
        Assert.Equal(1, registry.CountRequests("GET", "^/v2/platform/alpine/manifests/3.18$"));
    }

    [Fact]
    public async Task With_credentials_it_answers_nobody_else()
    {
        await using var registry = await RegistryServer.StartAsync(new RegistryOptions { Credentials = new RegistryCredentials("shop", "s3cret") });
        var shelf = await ImageShelf.EnsureAsync(["alpine"], Console.Out);

        var pushed = await shelf.PushAsync("alpine", registry, "platform/alpine:3.18");
        using var http = new HttpClient();
        using var answer = await http.GetAsync($"http://{registry.Address}/v2/platform/alpine/manifests/{pushed.Digest}");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task An_image_of_two_platforms_is_pushed_as_an_index()
    {
        await using var registry = await RegistryServer.StartAsync(new RegistryOptions());
        var shelf = await ImageShelf.EnsureAsync(["multi"], Console.Out);
        var pushed = await shelf.PushAsync("multi", registry, "shop/search:1");

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{registry.Address}/v2/shop/search/manifests/{pushed.Digest}");
        request.Headers.Accept.ParseAdd("application/vnd.oci.image.index.v1+json");
        using var answer = await http.SendAsync(request);
        var index = await answer.Content.ReadAsStringAsync();

        Assert.Contains("arm64", index, StringComparison.Ordinal);
        Assert.Contains("amd64", index, StringComparison.Ordinal);
    }
}
