using System.Net;
using OssRuntime.Cli.Terminal;
using OssRuntime.Testing.Images;
using OssRuntime.Testing.Registry;

namespace OssRuntime.Cli.Tests.Commands;

/// <summary><c>ossruntime registry test</c> as a process, against a registry that does what it is told.</summary>
public sealed class RegistryTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _home = new();
    private readonly BuiltImage _built = new ImageBuilder().Layer(tar => tar.File("a", "small")).Layer(tar => tar.File("b", new byte[100_000])).Build();
    private FakeRegistry _registry = null!;
    private string _image = "";

    public async ValueTask InitializeAsync()
    {
        _registry = await FakeRegistry.StartAsync();
        _image = _registry.Push("shop/web", "1", _built);
    }

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task Every_step_of_an_image_that_can_be_read_is_told()
    {
        _registry.Login.RequireAnonymousToken();

        var result = await RunAsync(_image);

        AssertInOrder(
            result.Output,
            $"name          shop/web 1 in {_registry.Host}",
            "credentials   none; the registry is asked anonymously",
            $"Manifest {_registry.Host}: 401 Unauthorized, ",
            $"Token    {_registry.Host}: 200 OK, ",
            $"Manifest {_registry.Host}: 200 OK, ",
            $"manifest      {_built.Digest}, linux/amd64, 2 layers, ",
            "referrers     the registry does not support the referrers API; SBOMs are looked for by tags",
            $"Blob     {_registry.Host}: 200 OK, ",
            "layer         sha256:",
            " bytes are as its digest says",
            "result        the image can be read");
        Assert.Equal(ExitCode.Done, result.ExitCode);
    }

    [Theory]
    [InlineData("right", ExitCode.Done)]
    [InlineData("wrong", ExitCode.Unreadable)]
    public async Task What_the_registry_is_shown_is_named_and_never_printed(string password, int code)
    {
        _registry.Login.RequireToken("alice", "right");
        Directory.CreateDirectory(_home[".docker"]);
        await File.WriteAllTextAsync(_home[".docker/config.json"], $$$"""{"auths":{"{{{_registry.Host}}}":{"username":"alice","password":"{{{password}}}"} } }""");

        var result = await RunAsync(_image);

        Assert.Equal(code, result.ExitCode);
        Assert.Contains("credentials   'alice'", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(password, result.Output, StringComparison.Ordinal);
        Assert.Equal(code == ExitCode.Unreadable, result.Output.Contains("manifest      FAILED, Unauthorized: ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_registry_that_has_had_enough_may_do_better_later()
    {
        _registry.Script("/manifests/", HttpStatusCode.TooManyRequests, retryAfter: "30");

        var result = await RunAsync(_image);

        Assert.Equal(ExitCode.Unreadable, result.ExitCode);
        AssertInOrder(result.Output, "429 TooManyRequests", "manifest      FAILED, RateLimited: ", "trying again later may help");
    }

    [Fact]
    public async Task A_registry_without_the_image_will_not()
    {
        var result = await RunAsync($"{_registry.Host}/shop/web:2");

        Assert.Equal(ExitCode.Unreadable, result.ExitCode);
        AssertInOrder(result.Output, "404 NotFound", "manifest      FAILED, ManifestUnknown: ", "result        the image cannot be read\n");
    }

    [Fact]
    public async Task Who_does_not_answer_is_named()
    {
        // Nobody listens at the port of a server that was stopped.
        string host;
        await using (var stopped = await FakeRegistry.StartAsync())
        {
            host = stopped.Host;
        }

        AssertInOrder((await RunAsync($"{host}/shop/web:1")).Output, $"Manifest {host}: no answer, ", "manifest      FAILED, RegistryUnreachable: ");
    }

    [Fact]
    public async Task An_image_is_read_where_what_refers_to_it_cannot_be()
    {
        _registry.Script("/referrers/", HttpStatusCode.ServiceUnavailable);

        var result = await RunAsync(_image);

        AssertInOrder(result.Output, "referrers     FAILED, RegistryError: ", "; SBOMs that refer to the image are not found", "the image can be read");
        Assert.Equal(ExitCode.Done, result.ExitCode);
    }

    [Fact]
    public async Task Layers_that_are_gone_or_others_fail_their_step()
    {
        var smallest = _built.Blobs.Where(blob => blob.Value is [0x1F, ..]).MinBy(blob => blob.Value.Length).Key;
        _registry.DeleteBlob("shop/web", smallest);

        var gone = await RunAsync(_image);

        Assert.Equal(ExitCode.Unreadable, gone.ExitCode);
        AssertInOrder(gone.Output, "manifest      sha256:", "referrers     ", "layer         FAILED, BlobUnknown: ", "the image cannot be read");
    }

    [Theory]
    [InlineData("shop/Web:1", "is not a valid image reference")]
    public async Task What_names_no_image_is_a_usage_error(string image, string said)
    {
        var result = await RunAsync(image);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains(said, result.Error, StringComparison.Ordinal);
    }

    private static void AssertInOrder(string output, params string[] parts)
    {
        var at = 0;
        foreach (var part in parts)
        {
            var found = output.IndexOf(part, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{part}' is not in its place in:\n{output}");
            at = found + part.Length;
        }
    }

    private Task<CommandLineResult> RunAsync(string image) =>
        CommandLine.RunAsync("", new Dictionary<string, string> { ["HOME"] = _home.Path }, ["registry", "test", image]);
}
