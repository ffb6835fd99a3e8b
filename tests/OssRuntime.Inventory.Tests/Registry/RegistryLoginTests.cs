using System.Net;
using OssRuntime.Inventory.Failures;
using OssRuntime.Inventory.Registry;

namespace OssRuntime.Inventory.Tests.Registry;

public sealed class RegistryLoginTests
{
    private const string Password = "s3cret:with a colon";

    [Fact]
    public async Task A_registry_without_login_is_read_as_it_is()
    {
        await using var reader = await RegistryReader.StartAsync();

        Assert.Equal(["x 1.0.0"], (await reader.ReadAsync()).Names());
        Assert.All(reader.Registry.Requests, r => Assert.Null(r.Authorization));
    }

    [Fact]
    public async Task A_token_is_fetched_once_and_serves_every_request_of_the_repository()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Login.RequireToken("user", Password);
        reader.Credentials = new FixedCredentials(("user", Password));

        await reader.ReadAsync();
        await reader.ReadAsync();

        Assert.Equal(1, reader.Registry.Count("/token"));
        Assert.Contains(reader.Registry.Requests, r => r.Path == "/token?x=1&scope=repository%3Ateam%2Fapp%3Apull&service=fake");
    }

    [Fact]
    public async Task A_token_is_replaced_when_its_time_is_over()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Login.RequireAnonymousToken();
        reader.Registry.Login.ExpiresIn = 300;

        await reader.ReadAsync();
        reader.Time.Advance(TimeSpan.FromSeconds(280));
        await reader.ReadAsync();
        Assert.Equal(1, reader.Registry.Count("/token"));
        reader.Time.Advance(TimeSpan.FromSeconds(20));
        await reader.ReadAsync();

        Assert.Equal(2, reader.Registry.Count("/token"));
    }

    [Fact]
    public async Task A_token_that_the_registry_forgot_is_replaced_at_once()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Login.RequireAnonymousToken();

        await reader.ReadAsync();
        reader.Registry.Login.ForgetTokens();

        Assert.Single((await reader.ReadAsync()).Components);
    }

    [Fact]
    public async Task A_refresh_token_is_traded_in_by_post_and_no_password_is_sent()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Login.RequireToken("user", Password);
        reader.Registry.Login.IdentityToken = "refresh";
        Assert.True(DockerConfig.TryParse(
            System.Text.Encoding.UTF8.GetBytes($$$$"""{"auths":{"{{{{reader.Registry.Host}}}}":{"identitytoken":"refresh"}}}"""), out var config, out _));
        reader.Credentials = config!;

        Assert.Single((await reader.ReadAsync()).Components);
        Assert.Equal(["POST"], reader.Registry.Requests.Where(r => r.Path.StartsWith("/token", StringComparison.Ordinal)).Select(r => r.Method));
    }

    [Fact]
    public async Task Basic_login_is_answered_with_the_password()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Login.RequireBasic("user", Password);
        reader.Credentials = new FixedCredentials(("user", Password));

        Assert.Single((await reader.ReadAsync()).Components);
    }

    [Fact]
    public async Task Every_credential_that_fits_is_tried()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Login.RequireToken("user", Password);
        reader.Credentials = new FixedCredentials(("user", "old"), ("other", "x"), ("user", Password));

        Assert.Single((await reader.ReadAsync()).Components);
    }

    [Fact]
    public async Task A_stale_credential_does_not_close_a_public_repository()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Login.RequireAnonymousToken();
        reader.Registry.Script(
            request => request.Path == "/token" && request.Headers.Authorization.Count > 0,
            context =>
            {
                context.Response.StatusCode = 401;
                return Task.CompletedTask;
            });
        reader.Credentials = new FixedCredentials(("user", "old"));

        Assert.Single((await reader.ReadAsync()).Components);
    }

    [Theory]
    [InlineData(0, "no credentials are known for it")]
    [InlineData(1, "the credential for it is refused")]
    [InlineData(2, "all 2 credentials for it are refused")]
    public async Task Who_is_not_let_in_is_told_so_without_a_password(int credentials, string expected)
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Login.RequireToken("user", "right");
        reader.Credentials = new FixedCredentials([.. Enumerable.Range(0, credentials).Select(i => ($"user{i}", "wrong-password"))]);

        var failure = await reader.FailAsync();

        Assert.Equal((FailureReason.Unauthorized, false), (failure.Reason, failure.Retryable));
        Assert.EndsWith(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-password", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Good_credentials_that_do_not_reach_the_repository_are_told_apart()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Script("/manifests/", HttpStatusCode.Forbidden);

        Assert.Equal(FailureReason.Forbidden, (await reader.FailAsync()).Reason);
    }

    [Fact]
    public async Task A_redirect_to_another_host_gets_no_credential()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Login.RequireBasic("user", Password);
        reader.Credentials = new FixedCredentials(("user", Password));
        reader.Registry.RedirectBlobsTo = $"http://{reader.Registry.OtherHost}";

        Assert.Single((await reader.ReadAsync()).Components);

        var redirected = reader.Registry.Requests.Where(r => r.Path.StartsWith("/elsewhere/", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(redirected);
        Assert.All(redirected, r => Assert.Equal((reader.Registry.OtherHost, null), (r.Host, r.Authorization)));
    }

    [Theory]
    [InlineData("http://registry.example")]
    [InlineData("file:///etc")]
    public async Task A_redirect_to_somewhere_insecure_is_not_followed(string target)
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.RedirectBlobsTo = target;

        var failure = await reader.FailAsync();

        Assert.Equal(FailureReason.RegistryError, failure.Reason);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Script(
            request => request.Path.Value!.Contains("/manifests/", StringComparison.Ordinal),
            context =>
            {
                context.Response.StatusCode = 302;
                context.Response.Headers.Location = context.Request.Path.Value;
                return Task.CompletedTask;
            });

        Assert.Equal($"{reader.Registry.Host} redirects without end", (await reader.FailAsync()).Message);
        Assert.InRange(reader.Registry.Requests.Count, 2, 10);
    }

    [Fact]
    public async Task A_password_is_not_sent_to_a_token_service_without_encryption()
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Login.RequireToken("user", Password);
        reader.Registry.Login.TokenHost = "tokens.example";
        reader.Credentials = new FixedCredentials(("user", Password));

        Assert.Equal(FailureReason.InsecureRegistry, (await reader.FailAsync()).Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"token":""}""")]
    [InlineData("""{"token":"a b"}""")]
    [InlineData("""{"token":7}""")]
    public async Task A_token_service_that_sends_no_token_is_told(string answer)
    {
        await using var reader = await RegistryReader.StartAsync();
        reader.Registry.Login.RequireAnonymousToken();
        reader.Registry.Script(
            request => request.Path == "/token", context => Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, answer));

        Assert.Equal((FailureReason.RegistryError, true), ((await reader.FailAsync()) is var f ? (f.Reason, f.Retryable) : default));
    }
}
